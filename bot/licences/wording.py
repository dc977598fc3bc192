"""Findings in the visitor's language: what the lists say, of which day, and what that does and does not mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.knowledge import Knowledge
from bot.licences.findings import Finding, Outcome
from bot.licences.listing import Entry, Status
from bot.licences.rules import Rules
from bot.messages import language_of

_HERE = "LV"
_UNION = "EU"


@dataclass(frozen=True)
class Wording:
    """
    The sentences of one language on one day.

    `named` are the codes of the countries that the text names: a licence for other countries is said to be one.
    """

    knowledge: Knowledge
    rules: Rules
    language: str
    today: date
    named: tuple[str, ...] = ()

    def told(self, findings: Sequence[Finding]) -> str:
        """All findings, a paragraph each; what they mean is said once, and where to look oneself at the end."""
        meanings = dict.fromkeys(meaning for finding in findings for meaning in self._meanings(finding))
        facts = ["\n".join(self._facts(finding)) for finding in findings]
        address = self._text("look_yourself", address=self.rules.public_search)
        return "\n\n".join([*facts, *meanings, address])

    def _facts(self, finding: Finding) -> Iterator[str]:
        yield from self._agency(finding)
        if finding.other_number:
            yield self._text("other_number")
        yield from self._doubts(finding)
        yield from self._companies(finding)

    def _agency(self, finding: Finding) -> Iterator[str]:
        day = _written(finding.source.day if finding.source else None)
        if finding.outcome is Outcome.ALIKE:
            alike = ", ".join(self._company(entry) for entry in finding.entries)
            yield self._text("alike", asked=finding.asked, date=day, companies=alike)
            gone = [entry for entry in finding.entries if entry.status is Status.REVOKED]
            yield from (self._gone(entry, day) for entry in gone)
        elif not finding.entries:
            yield self._text(finding.outcome.value, asked=finding.asked, date=day)
        else:
            for entry in finding.entries:
                yield from self._entry(finding.outcome, entry, day)
        ended = [entry.ended for entry in finding.revoked_before if entry.ended]
        if ended:
            yield self._text("revoked_before", ended=_written(max(ended)))

    def _entry(self, outcome: Outcome, entry: Entry, day: str) -> Iterator[str]:
        if outcome is Outcome.REVOKED:
            yield self._gone(entry, day)
        elif outcome is Outcome.RUN_OUT:
            yield self._text("run_out", company=self._company(entry), date=day, until=_written(entry.until))
        else:
            yield self._text(outcome.value, company=self._company(entry), date=day)
        if outcome is Outcome.LISTED:
            yield from self._licence(entry)

    def _gone(self, entry: Entry, day: str) -> str:
        if entry.ended is None:
            return self._text("revoked", company=self._company(entry), date=day)
        return self._text("revoked_on", company=self._company(entry), date=day, ended=_written(entry.ended))

    def _licence(self, entry: Entry) -> Iterator[str]:
        if entry.countries:
            yield self._text("countries", countries=", ".join(self._country(code) for code in entry.countries))
        if entry.services:
            yield self._text("services", services=", ".join(self._service(name) for name in entry.services))
        if entry.until:
            yield self._text("licence_until", until=_written(entry.until))
        others = self._others(entry)
        if others:
            yield self._text("wrong_country", countries=", ".join(self._country(code) for code in others))

    def _others(self, entry: Entry) -> tuple[str, ...]:
        """The countries of the text for which the licence is not; none where one of them fits or words are unknown."""
        countries = self.knowledge.directory.countries
        if not entry.countries or not set(entry.countries) <= set(countries):
            return ()
        abroad = tuple(code for code in self.named if code != _HERE)
        covered = (
            code in entry.countries or (_UNION in entry.countries and countries[code].in_union) for code in abroad
        )
        return () if any(covered) else abroad

    def _doubts(self, finding: Finding) -> Iterator[str]:
        shown = finding.source
        if shown and finding.outcome in (Outcome.NOT_LISTED, Outcome.ALIKE) and shown.rejected:
            yield self._text("unread_rows", count=shown.rejected)
        if shown and shown.age_days(self.today) > self.rules.old_after_days:
            yield self._text("old_list", date=_written(shown.day))

    def _companies(self, finding: Finding) -> Iterator[str]:
        if finding.register is None:
            return
        day = _written(finding.register.day)
        for entry in finding.companies:
            key = "struck_off" if entry.status is Status.STRUCK_OFF else "registered"
            yield self._text(key, company=self._company(entry), date=day)
        if not finding.companies:
            yield self._text("not_registered", asked=finding.asked, date=day)

    def _meanings(self, finding: Finding) -> Iterator[str]:
        if finding.outcome is not Outcome.NO_LIST:
            yield self._text(f"{finding.outcome.value}_means")
        is_registered = any(entry.status is Status.REGISTERED for entry in finding.companies)
        if is_registered and finding.outcome is not Outcome.LISTED:
            yield self._text("registered_means")

    def _company(self, entry: Entry) -> str:
        if entry.registration is None:
            return entry.name
        return self._text("company", name=entry.name, registration=entry.registration)

    def _country(self, code: str) -> str:
        country = self.knowledge.directory.countries.get(code)
        return country.name[language_of(self.language)] if country else code

    def _service(self, name: str) -> str:
        service = self.rules.services.get(name)
        return service.name[language_of(self.language)] if service else name

    def _text(self, key: str, **values: object) -> str:
        return self.knowledge.text(self.language, f"licences.{key}", **values)


def _written(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
