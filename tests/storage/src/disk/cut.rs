//! What a power cut leaves.

use super::{file::File, state::State};

/// How much of what was not synced may survive: nothing, all but a torn page, and what lies between.
const PROBABILITIES: [f64; 4] = [0.0, 0.5, 0.9, 1.0];

/// The disk as it is found after its power was cut in this state. It is in order again: nothing fails.
pub fn survivors(state: &State, random: &mut fastrand::Rng) -> State {
    let probability = PROBABILITIES[random.usize(..PROBABILITIES.len())];
    let kept = random.usize(..=state.unsynced_names.len());
    let names = match kept {
        0 => &state.synced_names,
        kept => &state.unsynced_names[kept - 1],
    };
    let cut = |file: &File, random: &mut _| file.cut(probability, random);
    let files = names
        .values()
        .filter_map(|number| Some((*number, cut(state.files.get(number)?, random))))
        .collect();
    State {
        files,
        names: names.clone(),
        synced_names: names.clone(),
        ..State::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_by_the_sync_of_their_directory_alone() {
        let mut random = fastrand::Rng::with_seed(1);
        let mut state = State::default();
        let number = state.create("new", 0o600).expect("no fault");
        state.write(number, 0, b"content").expect("no fault");
        state.sync(number).expect("no fault");
        let is_there = |state: &State, random: &mut _, name| {
            let left = survivors(state, random);
            let number = left.names.get(name).copied();
            number.map(|number| left.files[&number].content().read(0, 100))
        };
        let kept: Vec<_> = (0..50)
            .map(|_| is_there(&state, &mut random, "new").is_some())
            .collect();
        assert!(kept.contains(&true) && kept.contains(&false));
        state.sync_names();
        state.rename("new", "newer", true).expect("no fault");
        for _ in 0..50 {
            let [new, newer] = ["new", "newer"].map(|name| {
                // The same cut for both.
                let mut random = random.clone();
                is_there(&state, &mut random, name)
            });
            assert!(new.is_some() != newer.is_some());
            assert_eq!(new.or(newer).expect("one of them"), b"content");
            random.u64(..);
        }
    }
}
