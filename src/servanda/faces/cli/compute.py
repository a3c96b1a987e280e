"""servanda compute: one measure over a table of anyone's own. A file a subject in faces/cli/subject."""

from __future__ import annotations

import click

from servanda.errors import nearest
from servanda.pages.parts import part

SUBJECTS = {
    "restatements": "Whether a later sentence promises what an earlier one did",
    "rca": "Revealed comparative advantage of every exporter in every product",
    "complexity": "Complexity of exporters and products: ECI, PCI, fitness, diversity, ubiquity",
    "gravity": "A gravity equation by Poisson pseudo-maximum likelihood, with fixed effects",
    "potential": "Export potential of a pair by product, and what of it is unused",
    "complementarity": "How far one country's exports meet another's imports",
    "concentration": "Concentration of products or partners",
    "intensity": "How much more two countries trade than their sizes would let expect",
    "intra-industry": "How much of a pair's trade is the same products both ways",
    "relatedness": "How near each product is to what an exporter sells with an advantage already",
    "mirror": "Both sides' reports by product, and what lies between them",
    "fiscal": "Years that begin in any month, from monthly flows",
    "trend": "Change a year of a yearly series, with an interval",
    "tariffs": "Tariffs faced: simple, weighted, free of duty, by regime",
    "utilisation": "How far an agreement is used, rival figures side by side",
    "barriers": "Frequency index and coverage ratio of barriers",
    "named": "What became of products since they were named, beside the world",
    "expected": "What would be expected between two parties, and what is not there",
    "balance": "The balance of a pair by both sides' reports",
    "ge": "General equilibrium after a change of trade costs",
    "gsim": "One industry in all its markets after a change of tariffs",
    "sectors": "General equilibrium of sectors that buy from each other",
    "ideal-points": "Positions in roll calls over the sessions, with intervals",
    "joint": "Joint papers of every two countries by year, from papers or from works of the OpenAlex snapshot",
    "collaboration": "Joint papers of two countries under every usual definition",
    "centrality": "How central institutions are in who writes with whom",
    "affiliations": "Institutions named in affiliations, with a probability, or that they are not known",
    "links": "The chance of a first joint paper of institutions that have none",
    "students": "Students of each other, what a missing figure means, copies that count twice, what would be expected",
    "residents": "Residents of each other, a 0 that is no figure, what would be expected",
    "diaspora": "People abroad as their own state counts them, beside who was born there",
    "visitors": "Visitors by year from months: arrivals are added, who is present never",
    "flights": "Air services between two parties, their seats where known, and what would be expected",
    "passengers": "Passengers who flew each way in a year, from quarters",
    "titles": "Titles that most people watch in both, and where others stand",
    "visas": "What each passport needs in the other country, and how many others meet more or less",
    "dependence": "Trade of two beside all trade and beside the product of each",
    "profile": "On whom parties lean, domain by domain, and what any weights make of it",
    "influence": "The capacity to influence from its parts, with the share of aid told apart",
    "transfers": "Who supplied the arms of two, and what each could supply the other",
    "agreement": "Agreement of pairs in roll calls under every usual definition",
}
"""Every subject, in the order in which help lists them."""


class Subjects(click.Group):
    """Finds a subject's file only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The subjects that are there."""
        return [name for name in SUBJECTS if _there(name)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The subjects with one line each, without opening their files."""
        with formatter.section("Subjects"):
            formatter.write_dl([(name, SUBJECTS[name]) for name in self.list_commands(ctx)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a subject."""
        known = self.list_commands(ctx)
        if cmd_name not in known:
            near = nearest(cmd_name, known)
            hint = f"did you mean {' or '.join(near)}?" if near else f"the subjects are {', '.join(known)}"
            raise click.UsageError(f"no subject '{cmd_name}'; {hint}", ctx)
        command = part(f"servanda.faces.cli.subject.{_file(cmd_name)}", f"compute {cmd_name}").run
        return command if isinstance(command, click.Command) else None


def _file(name: str) -> str:
    return name.replace("-", "")


def _there(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(f"servanda.faces.cli.subject.{_file(name)}") is not None


EXAMPLES = """\b
Examples:
  servanda compute rca --table exports.csv --out rca.csv
  servanda compute restatements --table pairs.csv --out scored.csv"""


@click.group("compute", cls=Subjects, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
def run() -> None:
    """Compute a measure over a table of your own, CSV or Parquet. Every fault of the table is named with its rows."""
