//! The best one-to-one assignment along given edges: as many as possible, then of the best quality in sum.
//!
//! Edges fall apart into small groups that share no event, and each is solved by itself (Kuhn 1955, "The Hungarian method
//! for the assignment problem", in the O(n³) form of Jonker & Volgenant 1987).

/// A pair that may be assigned, with a quality from 0 to 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub row: usize,
    pub column: usize,
    pub quality: i64,
}

/// One pair more counts above any quality that a group can gain.
const ONE_PAIR: i64 = 1 << 40;
/// A larger group is no list of separate movements; it is assigned greedily, best edge first, to stay quick.
const LARGEST_GROUP: usize = 600;

/// The pairs of the best assignment of `rows` to `columns`.
pub(super) fn assign(rows: usize, columns: usize, mut edges: Vec<Edge>) -> Vec<(usize, usize)> {
    edges.sort_by_key(|edge| (edge.row, edge.column));
    let mut groups = Groups::new(rows + columns);
    for edge in &edges {
        groups.unite(edge.row, rows + edge.column);
    }
    edges.sort_by_key(|edge| (groups.of(edge.row), edge.row, edge.column));
    let mut pairs = Vec::new();
    let mut from = 0;
    while let Some(first) = edges.get(from) {
        let group = groups.of(first.row);
        let n = edges[from..].partition_point(|edge| groups.of(edge.row) == group);
        solve(&edges[from..from + n], &mut pairs);
        from += n;
    }
    pairs
}

/// Which rows and columns hang together (union-find with path halving, Tarjan & van Leeuwen 1984).
struct Groups(std::cell::RefCell<Vec<usize>>);

impl Groups {
    fn new(n: usize) -> Self {
        Self(std::cell::RefCell::new((0..n).collect()))
    }

    fn of(&self, mut item: usize) -> usize {
        let mut parent = self.0.borrow_mut();
        while parent[item] != item {
            parent[item] = parent[parent[item]];
            item = parent[item];
        }
        item
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        self.0.borrow_mut()[a.max(b)] = a.min(b);
    }
}

/// Solves one group.
fn solve(edges: &[Edge], pairs: &mut Vec<(usize, usize)>) {
    let distinct = |of: fn(&Edge) -> usize| {
        let mut all: Vec<usize> = edges.iter().map(of).collect();
        all.sort();
        all.dedup();
        all
    };
    let (rows, columns) = (distinct(|edge| edge.row), distinct(|edge| edge.column));
    if rows.len().max(columns.len()) > LARGEST_GROUP {
        greedy(edges, pairs);
        return;
    }
    // Rows must not outnumber columns: turn the table if they do.
    let turned = rows.len() > columns.len();
    let (short, long) = if turned {
        (&columns, &rows)
    } else {
        (&rows, &columns)
    };
    let mut worth = vec![vec![0; long.len()]; short.len()];
    for edge in edges {
        let (s, l) = if turned {
            (edge.column, edge.row)
        } else {
            (edge.row, edge.column)
        };
        if let (Ok(s), Ok(l)) = (short.binary_search(&s), long.binary_search(&l)) {
            worth[s][l] = ONE_PAIR + edge.quality;
        }
    }
    for (s, l) in hungarian(&worth) {
        if worth[s][l] > 0 {
            pairs.push(if turned {
                (long[l], short[s])
            } else {
                (short[s], long[l])
            });
        }
    }
}

/// Assigns every row of a table, which has no more rows than columns, to a column of its own, for the largest sum.
fn hungarian(worth: &[Vec<i64>]) -> Vec<(usize, usize)> {
    let (n, m) = (worth.len(), worth.first().map_or(0, Vec::len));
    // Potentials and, for every column, the row assigned to it; index 0 is a helper that belongs to none.
    let (mut of_row, mut of_column) = (vec![0_i64; n + 1], vec![0_i64; m + 1]);
    let mut assigned = vec![0_usize; m + 1];
    for row in 1..=n {
        assigned[0] = row;
        let mut column = 0;
        let mut slack = vec![i64::MAX; m + 1];
        let mut came_from = vec![0_usize; m + 1];
        let mut done = vec![false; m + 1];
        while assigned[column] != 0 {
            done[column] = true;
            let here = assigned[column];
            let (mut least, mut next) = (i64::MAX, 0);
            for j in (1..=m).filter(|&j| !done[j]) {
                let cost = -worth[here - 1][j - 1] - of_row[here] - of_column[j];
                if cost < slack[j] {
                    slack[j] = cost;
                    came_from[j] = column;
                }
                if slack[j] < least {
                    least = slack[j];
                    next = j;
                }
            }
            for j in 0..=m {
                if done[j] {
                    of_row[assigned[j]] += least;
                    of_column[j] -= least;
                } else {
                    slack[j] -= least;
                }
            }
            column = next;
        }
        while column != 0 {
            let before = came_from[column];
            assigned[column] = assigned[before];
            column = before;
        }
    }
    let pairs = (1..=m).filter(|&j| assigned[j] != 0);
    pairs.map(|j| (assigned[j] - 1, j - 1)).collect()
}

fn greedy(edges: &[Edge], pairs: &mut Vec<(usize, usize)>) {
    let mut best_first = edges.to_vec();
    best_first.sort_by_key(|edge| (-edge.quality, edge.row, edge.column));
    let mut rows = std::collections::BTreeSet::new();
    let mut columns = std::collections::BTreeSet::new();
    for edge in best_first {
        if !rows.contains(&edge.row) && !columns.contains(&edge.column) {
            rows.insert(edge.row);
            columns.insert(edge.column);
            pairs.push((edge.row, edge.column));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::simulate::random::Random;

    /// The best number of pairs and sum of qualities, by trying everything.
    fn best(edges: &[Edge]) -> (usize, i64) {
        let Some((first, rest)) = edges.split_first() else {
            return (0, 0);
        };
        let without = best(rest);
        let free: Vec<Edge> = rest
            .iter()
            .copied()
            .filter(|edge| edge.row != first.row && edge.column != first.column)
            .collect();
        let (n, quality) = best(&free);
        without.max((n + 1, quality + first.quality))
    }

    #[test]
    fn it_is_as_good_as_trying_everything() {
        let mut random = Random::seeded(21);
        for _ in 0..2_000 {
            let rows = 1 + (random.uniform() * 5.0) as usize;
            let columns = 1 + (random.uniform() * 5.0) as usize;
            let mut edges = Vec::new();
            for row in 0..rows {
                for column in 0..columns {
                    if random.chance(0.45) {
                        let quality = (random.uniform() * 10.0) as i64 * 100_000;
                        edges.push(Edge {
                            row,
                            column,
                            quality,
                        });
                    }
                }
            }
            let pairs = assign(rows, columns, edges.clone());
            let quality = |pair: &(usize, usize)| {
                let edge = edges.iter().find(|e| (e.row, e.column) == *pair);
                edge.expect("a pair along an edge").quality
            };
            let found = (pairs.len(), pairs.iter().map(quality).sum());
            assert_eq!(found, best(&edges), "{edges:?}");
        }
    }

    #[test]
    fn a_group_too_large_is_still_assigned_one_to_one() {
        let n = LARGEST_GROUP + 1;
        let edges = (0..n).flat_map(|row| {
            [row, (row + 1) % n].map(|column| Edge {
                row,
                column,
                quality: 10,
            })
        });
        let pairs = assign(n, n, edges.collect());
        let mut columns: Vec<usize> = pairs.iter().map(|pair| pair.1).collect();
        columns.sort();
        columns.dedup();
        assert!(pairs.len() == columns.len() && pairs.len() > n / 2);
    }
}
