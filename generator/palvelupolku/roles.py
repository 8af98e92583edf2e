"""Who is who in a region: the actors of the shared descriptions, by the region's own roles."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel

from palvelupolku.region import Region

Model = TypeVar("Model", bound=BaseModel)


def roles_of(region: Region) -> dict[str, str]:
    """Return the actor of each role in a region that is already valid on one day."""
    return {role.role: role.actor for role in region.roles}


def cast(model: Model, roles: Mapping[str, str]) -> Model:
    """Return the model with every actor that is a role replaced by who plays it."""
    changes: dict[str, object] = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name == "actor" and value in roles:
            changes[name] = roles[value]
        elif isinstance(value, BaseModel):
            changes[name] = cast(value, roles)
        elif isinstance(value, tuple) and any(isinstance(item, BaseModel) for item in value):
            changes[name] = tuple(cast(item, roles) for item in value)
    return model.model_copy(update=changes) if changes else model
