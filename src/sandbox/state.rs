//! The data that the host keeps for one instance.

use std::sync::{Arc, atomic::AtomicBool};

use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView, p2::pipe::MemoryInputPipe};

use super::{
    Limits,
    charges::{ChargedRandom, Charges},
    clock::VirtualClock,
    endless::Watch,
    limits::MemoryLimiter,
    memory::{Asked, Counter, Seen, Slots},
    output::Capture,
};
use crate::value::codec::BYTES_BOUND;

/// The number of entries of the guest's resource table (streams, pollables): enough for a program, too few to burden the host.
const TABLE_CAPACITY: usize = 4096;
/// The seed of everything random an instance can ask for: the same for every instance.
const SEED: u64 = 0x7261_6365_7772_6974;

/// A partner that an instance talks to while it runs. An error is a [`Fault`](super::Fault) of the harness and ends the instance.
pub trait Peer: Send {
    /// Answers a message with the next one.
    ///
    /// # Errors
    ///
    /// A fault of the harness.
    fn call(&mut self, _request: &[u8]) -> Result<Vec<u8>, super::Fault> {
        Ok(Vec::new())
    }

    /// The most bytes of a message that it takes; of a longer one it gets one byte more than that, which nothing decodes.
    fn bound(&self) -> usize {
        BYTES_BOUND
    }

    /// Takes a candidate's outcome for its next input, with the fuel it used since the last report; says whether and with how much
    /// fuel it goes on.
    ///
    /// # Errors
    ///
    /// A fault of the harness.
    fn report(&mut self, _outcome: &[u8], _fuel: u64) -> Result<GoOn, super::Fault> {
        Ok(GoOn::Stop)
    }
}

/// The answer to a report: whether more are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoOn {
    /// Nothing: the candidate should return.
    Stop,
    /// The next input, with the fuel that is left.
    Same,
    /// The next input, with this much fuel.
    WithFuel(u64),
}

/// The data of one store.
pub(super) struct State {
    wasi: WasiCtx,
    table: ResourceTable,
    pub(super) clock: VirtualClock,
    pub(super) limiter: MemoryLimiter,
    pub(super) stdout: Capture,
    pub(super) stderr: Capture,
    pub(super) peer: Option<Box<dyn Peer>>,
    /// The answer to the call under way.
    pub(super) reply: Option<Vec<u8>>,
    /// The fuel that is left, once there is an instance.
    charges: Charges,
    /// The fuel given so far.
    pub(super) granted: u64,
    /// The fuel that was left after the last report.
    pub(super) last_fuel: u64,
    /// The number of things that were asked of the host, all but mathematics.
    pub(super) asked: u64,
    /// What is known of whether the program ends.
    pub(super) watch: Watch,
    /// The memories that this instance has one of.
    slots: Arc<Slots>,
    /// The file of the program that runs, as the interpreter knows it.
    pub(super) program: String,
    /// A fault the peer met, kept while the tester unwinds.
    pub(super) fault: Option<super::Fault>,
}

impl State {
    pub(super) fn new(
        limits: &Limits,
        stdin: Vec<u8>,
        peer: Option<Box<dyn Peer>>,
        starved: Arc<AtomicBool>,
        slots: Arc<Slots>,
    ) -> Self {
        let clock = VirtualClock::default();
        let charges = Charges::default();
        let (stdout, stderr) = (Capture::new(limits.output, &charges), Capture::new(limits.output, &charges));
        // What the counter can hold.
        let fuel = limits.fuel.min(i64::MAX.cast_unsigned());
        let wasi = WasiCtx::builder()
            .stdin(MemoryInputPipe::new(stdin))
            .stdout(stdout.clone())
            .stderr(stderr.clone())
            .wall_clock(clock.clone())
            .monotonic_clock(clock.clone())
            .secure_random(ChargedRandom::new(SEED, &charges))
            .insecure_random(ChargedRandom::new(SEED, &charges))
            .insecure_random_seed(u128::from(SEED))
            .allow_ip_name_lookup(false)
            .allow_tcp(false)
            .allow_udp(false)
            .build();
        let mut table = ResourceTable::new();
        table.set_max_capacity(TABLE_CAPACITY);
        Self {
            wasi,
            table,
            clock,
            limiter: MemoryLimiter::new(limits.memory, starved),
            stdout,
            stderr,
            peer,
            reply: None,
            charges,
            granted: fuel,
            last_fuel: fuel,
            asked: 0,
            watch: Watch::default(),
            slots,
            program: String::new(),
            fault: None,
        }
    }

    /// Gives an instance with this counter its fuel.
    pub(super) fn begin(&mut self, counter: Counter) {
        counter.set(self.granted);
        counter.look_below(self.granted.saturating_sub(self.watch.due()));
        self.charges.begin(counter);
    }

    /// Returns the fuel that is left.
    pub(super) fn left(&self) -> u64 {
        self.charges.counter().map_or(self.granted, Counter::left)
    }

    /// Whether the fuel ran out.
    pub(super) fn is_exhausted(&self) -> bool {
        self.charges.counter().is_some_and(Counter::is_exhausted)
    }

    /// Replaces the fuel that is left.
    pub(super) fn set_fuel(&mut self, fuel: u64) {
        let fuel = fuel.min(i64::MAX.cast_unsigned());
        self.granted = self.granted.saturating_sub(self.left()).saturating_add(fuel);
        self.last_fuel = fuel;
        self.watch = Watch::default();
        if let Some(counter) = self.charges.counter() {
            counter.set(fuel);
            counter.look_below(fuel.saturating_sub(self.watch.due()));
        }
    }

    /// Has the instance show its state when the next look is due.
    pub(super) fn look_later(&self) {
        if let Some(counter) = self.charges.counter() {
            counter.look_below(self.last_fuel.saturating_sub(self.watch.due()));
        }
    }

    /// Takes what the interpreter shows of its state, if it does.
    pub(super) fn take_look(&self) -> Option<(Seen, u64)> {
        self.charges.counter().and_then(Counter::take_look)
    }

    /// Says at which looks the host is asked next.
    pub(super) fn ask(&self, asked: Asked) {
        if let Some(counter) = self.charges.counter() {
            counter.ask(asked);
        }
    }

    /// The memories that this instance has one of.
    pub(super) fn slots(&self) -> &Slots {
        &self.slots
    }

    /// Charges for what the host does for the instance.
    pub(super) fn charge(&self, fuel: u64) {
        self.charges.charge(fuel);
    }

    pub(super) fn monotonic(&mut self) -> super::clock::MonotonicView<'_> {
        self.asked += 1;
        super::clock::MonotonicView { clock: &self.clock, table: &mut self.table }
    }
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        self.asked += 1;
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl State {
    pub(super) fn with_peer<T>(
        &mut self,
        act: impl FnOnce(&mut dyn Peer) -> Result<T, super::Fault>,
    ) -> wasmtime::Result<T> {
        self.asked += 1;
        let Some(peer) = &mut self.peer else {
            return Err(wasmtime::Error::msg("this instance has nothing to talk to"));
        };
        act(peer.as_mut()).map_err(|fault| {
            let message = fault.to_string();
            self.fault = Some(fault);
            wasmtime::Error::msg(message)
        })
    }
}
