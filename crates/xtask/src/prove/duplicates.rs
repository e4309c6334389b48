//! `cargo xtask prove duplicates`: each key is sent by five people at once, over a way that loses every third answer, until
//! all five are answered. There is one lead for each key, and all five were told of the same.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::ground::{Engine, Ground, Stand};
use super::writers::Writers;
use crate::error::Error;
use crate::parts::{Outcome, Report};
use crate::proxy::Proxy;
use crate::shell::Output;

/// Who sends the same thing at once.
const TOGETHER: usize = 5;
/// How many such groups are at it at the same time.
const GROUPS: usize = 4;

pub fn prove(ground: &Ground<'_>, keys: usize, report: &mut Report<'_>) -> Result<(), Error> {
    for engine in Engine::ALL {
        report.part(&format!("duplicates {}", engine.name()), |output| on(ground, engine, keys, output))?;
    }
    Ok(())
}

fn on(ground: &Ground<'_>, engine: Engine, keys: usize, output: &Output) -> Result<Outcome, Error> {
    let stand = Stand::make(ground, engine, output)?;
    let (running, _) = stand.start()?;
    let before = stand.leads()?;
    let writers = Writers::new(&stand.dealer)?;
    let answers = AtomicUsize::new(0);
    let proxy = Proxy::start(stand.server.port, move |_| answers.fetch_add(1, Ordering::Relaxed) % 3 != 2)?;
    thread::scope(|scope| {
        let groups: Vec<_> = (0..GROUPS)
            .map(|group| {
                let (writers, port) = (&writers, proxy.port());
                scope.spawn(move || send(writers, port, &(group..keys).step_by(GROUPS)))
            })
            .collect();
        groups.into_iter().try_for_each(|group| match group.join() {
            Ok(sent) => sent,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })?;
    let made = stand.leads()? - before;
    running.kill()?;
    stand.verify(output)?;
    if made != keys as u64 {
        return Err(Error::Broken(format!("{keys} keys made {made} leads")));
    }
    let repeated = writers.repeated.into_inner();
    Ok(Outcome::passed(format!("{keys} keys by {TOGETHER} at once: {made} leads; {repeated} answers were lost")))
}

/// One group: each of its keys by all of them at the same moment.
fn send(writers: &Writers<'_>, port: u16, keys: &(impl Iterator<Item = usize> + Clone + Send)) -> Result<(), Error> {
    let together = Barrier::new(TOGETHER);
    let told: Vec<Vec<String>> = thread::scope(|scope| {
        let people: Vec<_> = (0..TOGETHER)
            .map(|_| {
                let (keys, together) = (keys.clone(), &together);
                scope.spawn(move || {
                    let send = |key| {
                        together.wait();
                        writers.create(&format!("twice-{key:05}"), port).map(|lead| lead.id)
                    };
                    // Nobody leaves before the others, who would wait for ever.
                    keys.map(send).collect::<Vec<_>>().into_iter().collect::<Result<Vec<_>, _>>()
                })
            })
            .collect();
        let joined = people.into_iter().map(|person| match person.join() {
            Ok(told) => told,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.collect::<Result<_, _>>()
    })?;
    if told.windows(2).all(|two| two[0] == two[1]) {
        Ok(())
    } else {
        Err(Error::Broken("people who sent the same were told of different leads".to_owned()))
    }
}
