"""Everything between sound and answer for one language, loaded once."""

from pathlib import Path

from voice.events import Answer
from voice.grammar import load_grammar
from voice.judge import Judge
from voice.matcher import Matcher
from voice.model_files import Endpoints, find_model, with_endpoints
from voice.phrase_list import read_fillers
from voice.recogniser import Heard, Recogniser, SpeechModel


class Ears:
    """A loaded model: a fresh recogniser for each stretch of listening, and one judge."""

    def __init__(self, matcher: Matcher, model: SpeechModel) -> None:
        self.matcher = matcher
        self._model = model
        self._judge = Judge(matcher)

    def listen(self) -> Recogniser:
        return Recogniser(self._model, self.matcher)

    def decide(self, heard: Heard, t_ms: int) -> Answer | None:
        return self._judge.decide(heard, t_ms)


def load_ears(
    config: Path,
    *,
    matcher: Matcher | None = None,
    model_dir: Path | None = None,
    cache_dir: Path | None = None,
) -> Ears:
    """Loads the model for a language folder (`config/voice/ko`): about 3 s and 600 MB.

    With `cache_dir` the model gets our endpoint rules through a linked copy there. Raises
    VoiceError: GrammarError, ModelError or VocabularyError.
    """
    matcher = matcher or Matcher(load_grammar(config))
    directory = find_model(config.name, model_dir)
    if cache_dir is not None:
        directory = with_endpoints(directory, cache_dir, Endpoints())
    fillers = read_fillers(config / "fillers.txt")
    return Ears(matcher, SpeechModel.load(directory, matcher, fillers))
