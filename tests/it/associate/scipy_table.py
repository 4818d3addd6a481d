"""Makes scipy_table.json: inputs and what SciPy finds in them.

Run with `python scipy_table.py > scipy_table.json`; the versions stand in the file. Nothing here knows our code.
Where SciPy has no function, its own test is turned round: the interval of a shift is the set of shifts that
mannwhitneyu does not reject.
"""
import json
import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20240304)
RESAMPLES = 10_000


def clean(values):
    return [round(float(v), 6) for v in values]


def pairs(n, strength, drift=0.0):
    t = np.arange(n, dtype=float)
    z = rng.normal(size=n)
    rating = np.clip(np.round(5 + 2 * (strength * z + (1 - strength) * rng.normal(size=n)) + drift * t), 0, 10)
    index = np.exp(2 + 0.6 * z + drift * t / 5)
    return clean(index), clean(rating), clean(t)


def partial(x, y, t):
    """Pearson's r of what is left of the ranks when a straight line along the rank of t is taken out."""
    rx, ry, rt = (stats.rankdata(v) for v in (x, y, t))
    left = lambda r: r - np.polyval(np.polyfit(rt, r, 1), rt)
    return float(stats.pearsonr(left(rx), left(ry)).statistic)


def correlations():
    out = []
    for n, strength, drift in [(7, 0.5, 0), (8, 0.8, 0), (10, 0, 0), (14, 0.6, 0), (21, 0.4, 0.1), (30, 0.7, 0), (60, 0.2, 0.05)]:
        x, y, t = pairs(n, strength, drift)
        rho = lambda a, b: stats.spearmanr(a, b).statistic
        ranked_x, ranked_y = stats.rankdata(x), stats.rankdata(y)

        def far(a, axis=-1):
            a = np.asarray(a)
            d = a - a.mean(axis=axis, keepdims=True)
            e = ranked_y - ranked_y.mean()
            return np.abs((d * e).sum(axis=axis) / np.sqrt((d**2).sum(axis=axis) * (e**2).sum()))

        # All orders up to 8 pairs (8! = 40,320), else 100,000 by lot.
        p = stats.permutation_test((ranked_x,), far, permutation_type="pairings", alternative="greater", vectorized=True,
                                   n_resamples=100_000, rng=np.random.default_rng(1)).pvalue
        boot = stats.bootstrap((np.array(x), np.array(y)), rho, paired=True, vectorized=False, method="percentile",
                               n_resamples=RESAMPLES, rng=np.random.default_rng(2))
        drawn = boot.bootstrap_distribution
        # Resamples with one side all equal have no rho; they are left out, and counted for the reader.
        kept = drawn[np.isfinite(drawn)]
        # Where an end may fall when it is drawn anew from 2,000 resamples: four standard errors of a share of 2.5 %.
        error = 4 * np.sqrt(0.025 * 0.975 * (1 / 2_000 + 1 / RESAMPLES))
        band = lambda q: [float(v) for v in np.quantile(kept, [q - error, q + error])]
        out.append(dict(x=x, y=y, t=t, rho=float(rho(x, y)), partial=partial(x, y, t), p=float(p),
                        low=band(0.025), high=band(0.975), without_rho=int(RESAMPLES - len(kept))))
    return out


def shifts():
    out = []
    for m, n in [(3, 5), (3, 8), (5, 5), (5, 9), (7, 14), (12, 12), (10, 40)]:
        a = clean(rng.gamma(4, 5, m) + 6)
        b = clean(rng.gamma(4, 5, n))
        d = np.sort(np.subtract.outer(a, b).ravel())
        # Between two neighbouring differences the test stays the same: ask in the middle of each gap.
        edges = np.concatenate(([d[0] - 1], d, [d[-1] + 1]))
        kept = [k for k in range(len(edges) - 1)
                if stats.mannwhitneyu(np.array(a) - (edges[k] + edges[k + 1]) / 2, b, method="exact").pvalue > 0.05]
        low, high = edges[min(kept)], edges[max(kept) + 1]
        bounded = min(kept) > 0 and max(kept) + 1 < len(edges) - 1
        out.append(dict(a=a, b=b, by=float(np.median(d)), low=float(low) if bounded else None, high=float(high) if bounded else None))
    return out


def slopes():
    out = []
    for n in (6, 10, 21, 40):
        day = sorted(clean(rng.choice(80, n, replace=False)))
        value = clean(np.round(10 + 0.1 * np.array(day) + rng.normal(size=n), 0 if n == 21 else 3))
        found = stats.theilslopes(value, day, 0.95)
        out.append(dict(day=day, value=value, slope=float(found.slope), low=float(found.low_slope), high=float(found.high_slope)))
    return out


def corrections():
    out = []
    for n in (1, 4, 15, 40):
        p = clean(np.concatenate((rng.uniform(size=n - n // 3), rng.uniform(0, 0.02, n // 3))))
        out.append(dict(p=p, corrected=[float(q) for q in stats.false_discovery_control(p, method="bh")]))
    return out


print(json.dumps(dict(scipy=scipy.__version__, numpy=np.__version__, correlations=correlations(), shifts=shifts(),
                      slopes=slopes(), corrections=corrections()), indent=None, separators=(",", ":")))
