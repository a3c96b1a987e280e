"""Steps of training by JAX: Adam with decay set apart, its slopes cut at 1, and how sentences are dealt out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

BATCH = 16
WINDOW = 16  # batches are cut from so many shuffled batches in the order of length, so that little is filled up
WARM = 0.1  # share of all steps in which the rate rises; it falls to nothing in the rest
DECAY = 0.01
Held = dict[str, Any]
Dealt = list[list[int]]


def stepping(lost: Callable[..., Any], rate: float, pace: Callable[[str], float]) -> Any:
    """A step by which tables move (Kingma and Ba 2015, Adam; Loshchilov and Hutter 2019, Decoupled Weight Decay).

    `lost(held, key, *given)` is what is made smaller, `pace` how fast a table moves beside the others. The step takes
    tables, their moments (`still`), its number, the share of the rate (`slope`), a key and what is given; it returns the
    tables, their moments and what was lost.
    """
    import jax
    import jax.numpy as jnp

    @jax.jit  # type: ignore[untyped-decorator]
    def step(held: Held, moved: Held, number: Any, share: Any, key: Any, *given: Any) -> Any:
        loss, slopes = jax.value_and_grad(lost)(held, key, *given)
        cut = jnp.minimum(1.0, 1.0 / (jnp.sqrt(sum((one * one).sum() for one in slopes.values())) + 1e-6))
        new, after = {}, {}
        for name, one in held.items():
            steep = slopes[name] * cut
            mean, square = moved[name]
            after[name] = (0.9 * mean + 0.1 * steep, 0.999 * square + 0.001 * steep * steep)
            way = (after[name][0] / (1 - 0.9**number)) / (jnp.sqrt(after[name][1] / (1 - 0.999**number)) + 1e-8)
            new[name] = one - rate * share * pace(name) * (way + DECAY * one)
        return new, after, loss

    return step


def trained(
    step: Any, held: Held, lengths: Sequence[int], rounds: int, draw: np.random.Generator, seed: int,
    given: Callable[[list[int]], tuple[Any, ...]],
) -> Held:  # fmt: skip
    """Tables after so many rounds of steps over sentences of some lengths; `given` makes of their places what a step takes.

    What was lost is told round by round."""
    import jax

    moved, key = still(held), jax.random.PRNGKey(seed)
    number, total = 0, rounds * -(-len(lengths) // BATCH)
    for turn in range(rounds):
        lost = []
        for places in dealt(lengths, draw):
            number += 1
            key, drawn = jax.random.split(key)
            held, moved, loss = step(held, moved, float(number), slope(number, total), drawn, *given(places))
            lost.append(float(loss))
        print(f"round {turn + 1} of {rounds}: {np.mean(lost):.4f}", file=sys.stderr, flush=True)
    return {name: np.asarray(one) for name, one in held.items()}


def still(held: Held) -> Held:
    """The moments of tables that have not moved."""
    import jax.numpy as jnp

    return {name: (jnp.zeros_like(one), jnp.zeros_like(one)) for name, one in held.items()}


def slope(number: int, total: int) -> float:
    """The share of the rate at a step: it rises, then falls to nothing."""
    if number < WARM * total:
        return number / (WARM * total)
    return max(0.0, (total - number) / (total * (1 - WARM)))


def dealt(lengths: Sequence[int], draw: np.random.Generator) -> Dealt:
    """All sentences once, by their places, in batches of about one length, in an order drawn anew. The last is filled up
    from its own."""
    order, found = draw.permutation(len(lengths)), []
    for first in range(0, len(order), BATCH * WINDOW):
        near = sorted(order[first : first + BATCH * WINDOW], key=lambda place: lengths[place])
        found += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    full = [[int(one[place % len(one)]) for place in range(BATCH)] for one in found]
    return [full[place] for place in draw.permutation(len(full))]
