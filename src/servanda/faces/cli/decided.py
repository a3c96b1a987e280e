"""What was accepted, and how far coders agree, in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from servanda.pages.agreement import saying
from servanda.pages.card import chance
from servanda.register.accept import Accepted, Offer
from servanda.register.agreement import Agreement
from servanda.review.wording import count


def accepted_text(out: Console, made: Accepted, who: str, dry: bool) -> None:
    """Every proposal with what became of it."""
    text = made.text
    out.print(f"[bold]{escape(text.title)}[/bold], {text.date}")
    held = "a new text" if made.new else "a text of the register"
    out.print(f"{text.id}, {held}; {escape(made.case_title)}\n")
    for one in made.offers:
        _offer(out, one)
    done, left = len(made.made), sum(one.decided is None for one in made.offers)
    if dry:
        out.print(
            f"[bold]Nothing was written.[/bold] {who} would accept {done} of {len(made.offers)}; {left} left open."
        )
    elif done:
        out.print(f"{who} accepted {done} of {len(made.offers)}; {left} left open. See servanda commitments.")
    else:
        out.print(f"None of {len(made.offers)} was chosen; nothing was written.")


def _offer(out: Console, one: Offer) -> None:
    said = " ".join(one.proposed.text.split())
    state = one.commitment.id if one.commitment else "open"
    if one.commitment is None and one.decided is not None:
        state = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "added"}[one.decided.answer]
        state += f" by {one.decided.coder}"
    out.print(
        f"{one.number:>3}. [bold]{escape(state)}[/bold]  {escape(said)} [dim]({chance(one.proposed.probability)})[/dim]"
    )
    before = one.proposed.terms.restates if one.proposed.terms else None
    if before is not None:
        said = f"perhaps {before.earlier} again ({chance(before.probability)}): {before.said}"
        out.print(f"     {escape(said)}", style="dim")
    made = one.commitment
    if made is not None:
        facts = (
            ", ".join(made.parties) or "third body", str(made.action), str(made.area),
            f"by {made.deadline}" if made.deadline and made.deadline.when else str(made.deadline or ""),
            f"{made.target.value:,.10g} {made.target.unit}" if made.target else "",
            f"through {made.mechanism}" if made.mechanism else "", made.deliverable or "", f"thread {made.thread}",
        )  # fmt: skip
        out.print(f"     {escape('; '.join(fact for fact in facts if fact))}", style="dim")
        if made.note:
            out.print(f"     {escape(made.note)}", style="dim")


def agreement_text(out: Console, found: Agreement) -> None:
    """Alpha of each thing coded, then every difference with both readings."""
    out.print(f"[bold]{escape(found.title)}[/bold]  ({found.text})")
    for coder in found.coders:
        how = "blind" if coder.blind else "openly"
        out.print(f"{escape(coder.name)} coded {coder.coded} of {count(found.passages, 'passage')}, {how}")
    out.print("\n[bold]Agreement[/bold]  Krippendorff's alpha")
    for one in found.readings:
        metric = one.unit.rsplit(", ", 1)[1]
        if one.value is None:
            out.print(f"  {one.name:<18} {metric:<8}  no figure: {one.reason}")
        else:
            bounds = (
                f"{one.low:.3f} to {one.high:.3f}" if one.low is not None and one.high is not None else "no interval"
            )
            out.print(f"  {one.name:<18} {metric:<8}  {one.value:.3f}  {bounds}  from {one.used} of {one.expected}")
    stated = next((one.interval for one in found.readings if one.interval), None)
    if stated:
        out.print(f"  intervals: {stated}", style="dim")
    out.print(f"\n[bold]{count(len(found.differences), 'difference')}[/bold]")
    for difference in found.differences:
        out.print(f"{difference.place:>4}. {escape(difference.words)}")
        out.print(f"      differ in {', '.join(difference.about)}", style="dim")
        for coder, judged in zip(found.coders, difference.judged, strict=True):
            out.print(f"      {escape(coder.name)}: {escape(saying(judged))}")
