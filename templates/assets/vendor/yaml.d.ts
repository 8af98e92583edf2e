/** What we use of yaml: a document that keeps comments and how its texts were written. */
declare const YAML: any;
