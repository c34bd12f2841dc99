"""Public checks of welcome: whether the quizzes are filled in. No student's computer knows the right answers."""

from autograder.checks import checks, require, require_dict, weight


def require_answers(given, keys, allowed):
    """Each key has one of the allowed texts, whatever its capitals and the blanks around it; not all have the same."""
    require_dict(given, set(keys), "the answer")
    for key in keys:
        choices = ", ".join(f'"{text}"' for text in allowed.values())
        single = (
            f"The answer to “{key}” should be a single text, in quotes and without brackets. Choose from: {choices}."
        )
        require(isinstance(given[key], str), single)
        text = given[key].strip().casefold()
        require(text, f"The answer to “{key}” is still empty.")
        require(text in allowed, f"The answer to “{key}” should be one of: {', '.join(allowed.values())}.")
    texts = {given[key].strip().casefold() for key in keys}
    require(len(texts) > 1, "All the answers are the same. More than one of the texts is needed.")


@checks("quiz_applications")
@weight(0)
def test_every_application_has_an_answer(submission):
    """Each of the six lines has one of the two words."""
    keys = ["colour restoration", "speech enactment", "handwriting generation"]
    keys += ["image translation", "object classification", "sequence prediction"]
    require_answers(submission.applications(), keys, {"cnn": "CNN", "rnn": "RNN"})


@checks("quiz_neuron")
@weight(0)
def test_every_part_has_an_answer(submission):
    """Each of the four lines has one of the four texts."""
    texts = ["inputs", "weighted sum and activation", "output", "connections to the next neurons"]
    keys = ["soma", "dendrites", "axon", "terminal buttons"]
    require_answers(submission.neuron_parts(), keys, {text: text for text in texts})
