"""Who is who in a region: the actors of the shared descriptions, by the region's own roles."""

import operator
from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel

from palvelupolku.fields import CERTAINTIES
from palvelupolku.model import Arranger
from palvelupolku.region import Region, Role

Model = TypeVar("Model", bound=BaseModel)


def roles_of(region: Region) -> dict[str, Role]:
    """Return who plays each role in a region that is already valid on one day."""
    return {role.role: role for role in region.roles}


def cast(model: Model, roles: Mapping[str, Role]) -> Model:
    """Return the model with every actor that is a role replaced by who plays it.

    Who arranges a service then rests on both grounds: the service's own and the role's.
    """
    changes: dict[str, object] = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name == "actor" and value in roles:
            changes |= {name: roles[value].actor}
            changes |= _grounds(model, roles[value]) if isinstance(model, Arranger) else {}
        elif isinstance(value, BaseModel):
            if (part := cast(value, roles)) is not value:
                changes[name] = part
        elif isinstance(value, tuple) and any(isinstance(item, BaseModel) for item in value):
            parts = tuple(cast(item, roles) for item in value)
            if any(map(operator.is_not, parts, value)):
                changes[name] = parts
    return model.model_copy(update=changes) if changes else model


def _grounds(arranger: Arranger, role: Role) -> dict[str, object]:
    lowered = [c for c in (arranger.certainty, role.certainty) if c]
    return {
        "sources": tuple(dict.fromkeys((*arranger.sources, *role.sources))),
        "certainty": max(lowered, key=CERTAINTIES.index, default=None),
    }
