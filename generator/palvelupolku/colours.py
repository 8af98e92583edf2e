"""The publisher's own colours: each takes the place of one of the site's, light or dark."""

from typing import Annotated

from pydantic import Field

from palvelupolku.fields import Frozen

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class Palette(Frozen):
    """Colours by what they are for; one that is not given stays as it is."""

    paper: Colour | None = Field(None, description="Sivun tausta.")
    surface: Colour | None = Field(None, description="Alareunan ja laatikoiden tausta.")
    line: Colour | None = Field(None, description="Ohut koristeviiva.")
    edge: Colour | None = Field(None, description="Kehykset, jotka on tarpeen erottaa.")
    ink: Colour | None = Field(None, description="Teksti.")
    quiet: Colour | None = Field(None, description="Vähemmän tärkeä teksti.")
    link: Colour | None = Field(None, description="Linkit.")
    focus: Colour | None = Field(None, description="Kehys kohdassa, jossa näppäimistö on.")
    accent: Colour | None = Field(None, description="Painikkeet.")
    on_accent: Colour | None = Field(None, description="Painikkeen teksti.")
    here: Colour | None = Field(None, description="Avatun vaiheen tausta.")
    here_line: Colour | None = Field(None, description="Avatun vaiheen kehys.")
    back: Colour | None = Field(None, description="Paluun viiva kuvassa.")
    now: Colour | None = Field(None, description="Asiakkaan osuuden tausta.")
    now_line: Colour | None = Field(None, description="Asiakkaan osuuden reuna.")
    warn: Colour | None = Field(None, description="Ilmoituksen tausta.")
    warn_line: Colour | None = Field(None, description="Ilmoituksen reuna.")
    filled: Colour | None = Field(None, description="Alun ja lopun tausta kuvassa.")
    on_filled: Colour | None = Field(None, description="Alun ja lopun teksti kuvassa.")


class Colours(Frozen):
    """Own colours for a light and for a dark screen."""

    light: Palette = Field(default_factory=Palette, description="Värit vaalealle näytölle.")
    dark: Palette = Field(default_factory=Palette, description="Värit tummalle näytölle.")
