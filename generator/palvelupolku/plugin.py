"""The rim for MkDocs: pages of the build become MkDocs pages, their bodies after its Markdown step.

The only module that imports MkDocs. Content errors stop the build in `on_config`, which runs
before MkDocs empties the site's folder. What the command line was asked comes in the environment
and outweighs `mkdocs.yml`.
"""

import os
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal

from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from palvelupolku.build import build
from palvelupolku.errors import PathError, reason
from palvelupolku.folder import (
    credit,
    day_of_build,
    guide_beside,
    read_folder,
    report,
    shared_below,
)
from palvelupolku.hearing import Hearing, rebuilding
from palvelupolku.links import lost_links
from palvelupolku.published import POLICY, Heading, Page, Settings, Site
from palvelupolku.resources import SHARED_PATHS, TEMPLATES
from palvelupolku.search import write_index
from palvelupolku.site_settings import in_menu, lost_logo
from palvelupolku.writing import day_name

_THEME = TEMPLATES / "theme"
_USED = "assets/stylesheets/main"
_VOID = re.compile(
    r"""<((?:area|br|col|hr|img|input|source|track|wbr)\b(?:[^<>"']|"[^"]*"|'[^']*')*?) ?/>"""
)
_AGAIN = "Sivustoa ei voi vielä näyttää. Korjaa virhe ja anna komento uudelleen."


class PalvelupolkuConfig(Config):
    """What `mkdocs.yml` may say of the plugin."""

    paths = options.Optional(options.Dir(exists=True))
    """The folder of descriptions; the shared ones when it is not given."""
    templates = options.Optional(options.Dir(exists=True))
    """A folder of own templates that come before the package's."""
    as_of = options.Optional(options.Type((str, date)))
    """The day whose paths are shown, as 2026-01-31; today when it is not given."""
    feedback_url = options.Optional(options.URL())
    """A page where a reader may tell of an error; each step links there and says what it is."""
    licence = options.Optional(options.Type(str))
    """On what terms others may use the own texts; nothing is said of them when it is not given."""
    menu = options.ListOfItems(options.Type(str), default=[])
    """The regions of the main menu; all when none is given."""


class PalvelupolkuPlugin(BasePlugin[PalvelupolkuConfig]):
    """Adds every page of the descriptions to a MkDocs site."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._serving = False
        self._heard = Hearing()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether pages are published or only previewed."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Build everything; stop with the author's errors before MkDocs touches the site."""
        folder = self._folder(config)
        where = Path(config.config_file_path), Path(config.docs_dir)
        for lost in lost_logo(*where, config.theme.get("logo")):
            raise PluginError(str(lost))
        as_of = os.environ.get("PALVELUPOLKU_AS_OF") or self.config.as_of
        try:
            day = day_of_build(str(as_of) if as_of else None)
            settings = self._settings(config)
            files, below = read_folder(folder), shared_below(folder)
            self._site = build(files, day, settings, below, day_of_build())
        except PathError as error:
            problems = [*in_menu(where[0], error.problems)]
            raise PluginError(report(problems, folder)) from error
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(_THEME))
        if not config.site_url:
            config.theme.static_templates.discard("sitemap.xml")
        config.extra["palvelupolku"] = {
            "menu": self._site.menu,
            "more": self._site.more,
            "credit": settings.credit,
            "as_of": day_name(day) if as_of else "",
            "policy": "" if self._serving else POLICY,
            "theme_style": _theme_style(config),
        }
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a file for every page, data file and asset, and the guide; an own page wins.

        Of the theme's files only its style goes along: no page loads the others.
        """
        site = self._built()
        theirs = {*config.theme.dirs} - {config.theme.custom_dir}
        for file in [f for f in files if f.src_dir in theirs]:
            if not file.src_uri.startswith(_USED) or file.src_uri.endswith(".map"):
                files.remove(file)
        taken = {file.dest_uri for file in files}
        for address in site.pages:
            file = File.generated(config, f"{address}index.md", content="")
            if file.dest_uri not in taken:
                files.append(file)
        beside = InclusionLevel.NOT_IN_NAV
        for name, path in guide_beside(Path(config.docs_dir)).items():
            files.append(File.generated(config, name, abs_src_path=str(path), inclusion=beside))
        for address, content in site.files.items():
            if files.get_file_from_path(address) is None:
                files.append(File.generated(config, address, content=content))
        return files

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Give a page of ours its title before MkDocs looks for one."""
        own = self._own(page)
        if own:
            page.meta["title"] = own.title
            page.meta["description"] = own.description
            page.meta["palvelupolku"] = True
            page.meta["frames"] = own.frames
        return markdown

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Give a page of ours its finished body and its table of contents.

        What was written by hand comes as XHTML, whose void elements end in a slash.
        """
        own = self._own(page)
        if own is None:
            return _VOID.sub(r"<\1>", html)
        page.toc = _contents(own.headings)
        page.present_anchor_ids = set(re.findall(r'\bid="([^"]+)"', own.body))
        return own.body

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index, or stop a preview at what would stop the build."""
        if self._serving:
            told = self._heard.told(
                Path(config.config_file_path), Path(config.docs_dir)
            ) or lost_links(Path(config.site_dir))
            if told:
                raise PluginError(told)
            return
        try:
            write_index(self._built().records, Path(config.site_dir))
        except OSError as error:
            raise PluginError(f"Hakua ei voitu kirjoittaa ({reason(error)}).") from error

    def on_build_error(self, *, error: Exception) -> None:
        """Tell what an author broke while it is previewed, in no other words than ours."""
        if self._serving and isinstance(error, BuildError):
            print(error, file=sys.stderr)  # noqa: T201 - the preview's answer
            raise Abort(_AGAIN)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Rebuild the preview when a description or a template changes."""
        server.watch(str(self._folder(config)))
        server.watch(str(self.config.templates or TEMPLATES))
        settings = Path(os.path.relpath(config.config_file_path))
        server.builder = rebuilding(settings, builder, self._heard)
        return server

    def _settings(self, config: MkDocsConfig) -> Settings:
        docs = Path(config.docs_dir)
        own = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}
        names = (Path(name) for name in own | {*guide_beside(docs)})
        pages = (name.with_suffix("").as_posix() for name in names if name.suffix == ".md")
        return Settings(
            config.site_name, self.config.templates, self.config.feedback_url, config.site_url,
            tuple(self.config.menu), frozenset(f"{page}/" for page in pages),
            credit(self._folder(config), self.config.licence),
        )  # fmt: skip

    def _folder(self, config: MkDocsConfig) -> Path:
        own = os.environ.get("PALVELUPOLKU_PATHS") or self.config.paths
        return Path(own) if own else _default_paths(config)

    def _built(self) -> Site:
        assert self._site is not None
        return self._site

    def _own(self, page: MkDocsPage) -> Page | None:
        if page.file.generated_by != "palvelupolku":
            return None
        return self._built().pages.get(page.file.src_uri.removesuffix("index.md"))


def _default_paths(config: MkDocsConfig) -> Path:
    own = Path(config.config_file_path).parent / "paths"
    return own if own.is_dir() else SHARED_PATHS


def _theme_style(config: MkDocsConfig) -> str:
    """Return the address of the theme's own style sheet, whose name changes with its version."""
    for folder in config.theme.dirs:
        for path in sorted(Path(folder).glob("assets/stylesheets/main*.css")):
            return path.relative_to(folder).as_posix()
    raise PluginError("Teemasta ei löydy tyylitiedostoa. Käytä teemaa material.")


def _contents(headings: tuple[Heading, ...]) -> TableOfContents:
    roots: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(heading.name, heading.id, heading.level)
        siblings = roots[-1].children if heading.level > 2 and roots else roots  # noqa: PLR2004
        siblings.append(link)
    return TableOfContents(roots)
