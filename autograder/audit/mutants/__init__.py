"""The model answer made wrong in one respect, as beginners' answers are: rounded, flattened, right for one size alone.

In all other respects a mutant is right, so that only a check which tries that respect can fail it.
"""

from collections.abc import Iterator

from autograder.audit.material import Material
from autograder.audit.mutants.arguments import wrong_for_some_arguments
from autograder.audit.mutants.habits import with_bad_habits
from autograder.audit.mutants.mutant import Function
from autograder.audit.mutants.refusals import without_a_refusal
from autograder.audit.mutants.results import with_other_results


def mutants(material: Material) -> Iterator[tuple[str, Function]]:
    """The mutants of an exercise that asks for a function, each with what is wrong with it.

    Not every respect fits every exercise: some of the mutants are right.
    """
    right: Function = material.references.namespace[material.name]
    yield from with_other_results(right)
    yield from with_bad_habits(right)
    yield from wrong_for_some_arguments(material, right)
    yield from without_a_refusal(material)
