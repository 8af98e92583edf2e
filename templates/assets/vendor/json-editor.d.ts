/** What we use of json-editor: a form of a JSON Schema. Its parts have no types of their own. */
declare const JSONEditor: any;
