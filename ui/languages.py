"""Languages of the screens: one `.qm` file each in `ui/translations`; adding one takes no code."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

FOLDER = Path(__file__).with_name("translations")
SOURCE = "en"
"""The language in which the program itself is written."""


class Languages:
    """Puts a language on the application."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        files = FOLDER.glob("echoppe_*.qm")
        self._known = sorted({SOURCE, *(path.stem.removeprefix("echoppe_") for path in files)})

    def known(self) -> list[str]:
        """Return the languages that there are, as two letters."""
        return list(self._known)

    def after(self, language: str) -> str:
        """Return the language that comes after another, round and round."""
        place = self._known.index(language) if language in self._known else -1
        return self._known[(place + 1) % len(self._known)]

    def choose(self, wanted: str) -> str:
        """Return the wanted language, else the machine's; English where nobody has written it."""
        if wanted in self._known:  # asked for at each change of the basket
            return wanted
        machine = QLocale.system().name().partition("_")[0]
        return machine if machine in self._known else SOURCE

    def speak(self, language: str) -> None:
        """Speak a language from the next widget on; one without a file is English."""
        QLocale.setDefault(QLocale(language))
        for old in self._app.findChildren(QTranslator):
            self._app.removeTranslator(old)
            old.deleteLater()
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{language}", qt), (f"echoppe_{language}", str(FOLDER))):
            translator = QTranslator(self._app)
            if translator.load(name, folder):
                self._app.installTranslator(translator)


def own_name(code: str) -> str:
    """Return what a language calls itself."""
    name = QLocale(code).nativeLanguageName() if code != SOURCE else "English"  # not “American …”
    return name[:1].upper() + name[1:]
