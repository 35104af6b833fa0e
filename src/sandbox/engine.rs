//! The engine and the linked component: made once a process, shared by all workers.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

use wasmtime::{
    Config, Engine, InstanceAllocationStrategy, OptLevel, StoreContextMut,
    component::{Linker, WasmStr},
};

use super::{
    CacheDir, CacheEvent, Fault, Limits,
    address_space::{self, Memories},
    bindings::SandboxPre,
    cache,
    clock::Monotonic,
    libm, look,
    memory::{Creator, Slots},
    state::{GoOn, State},
};
use crate::value::codec::BYTES_BOUND;

/// The wasm stack of one instance in bytes. CPython's limits look at its C stack of 8 MiB; the compiled code that recurses within them
/// takes at most 44 MiB here (encoding nested JSON), so it is CPython that says no.
pub(super) const WASM_STACK: usize = 64 << 20;
/// The bytes after a memory, and before it, that nothing is at: what compiled code may add to an address without a check.
const GUARD: u64 = 64 << 20;

/// The settings of a [`Sandbox`].
#[derive(Debug, Clone)]
pub struct Settings {
    /// Worker threads that will hold instances at a time; each may hold a tester, a candidate and a reader of answers.
    pub jobs: usize,
    /// The cache that keeps the compiled component.
    pub cache: CacheDir,
}

/// The compiled interpreter, ready to instantiate. Cheap to share between threads by reference.
///
/// Once the machine has refused one of its instances memory, it makes no more of them. What is asked of it apart from the rest, a judgement
/// or a trace, asks a sandbox made by [`apart`](Self::apart): a refusal then ends that and nothing else.
pub struct Sandbox {
    pub(super) engine: Engine,
    pub(super) pre: SandboxPre<State>,
    /// The memories of instances.
    pub(super) slots: Arc<Slots>,
    /// Whether the machine refused an instance memory that its limit allows.
    pub(super) starved: Arc<AtomicBool>,
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sandbox").finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Loads the interpreter, compiling it first where the cache has no sound copy (10-60 s, once).
    /// `report` is told of what the cache does, so that a caller can show progress.
    ///
    /// # Errors
    ///
    /// A [`Fault`] where the engine, the component or the cache directory is unusable.
    pub fn new(settings: &Settings, report: &mut dyn FnMut(CacheEvent)) -> Result<Self, Fault> {
        let jobs = settings.jobs.clamp(1, 512);
        let memories = Memories::choose(jobs as u64)?;
        let slots = Slots::new(address_space::GROWTH);
        Self::with(&config(memories, &slots), slots, settings, report)
    }

    /// Loads the interpreter for an engine of this configuration.
    pub(super) fn with(
        config: &Config,
        slots: Arc<Slots>,
        settings: &Settings,
        report: &mut dyn FnMut(CacheEvent),
    ) -> Result<Self, Fault> {
        let engine = Engine::new(config).map_err(Fault::Engine)?;
        let component = cache::load(&engine, &settings.cache, &slots, report)?;
        let mut linker = Linker::<State>::new(&engine);
        link(&mut linker).map_err(Fault::Component)?;
        let pre = linker.instantiate_pre(&component).and_then(SandboxPre::new).map_err(Fault::Component)?;
        Ok(Self { engine, pre, slots, starved: Arc::default() })
    }

    /// Returns a sandbox on the same engine, with a memory of its own for what the machine refuses.
    #[must_use]
    pub fn apart(&self) -> Arc<Self> {
        let (engine, pre, slots) = (self.engine.clone(), self.pre.clone(), self.slots.clone());
        Arc::new(Self { engine, pre, slots, starved: Arc::default() })
    }

    /// Whether what its instances answered so far can be believed. Once false, it stays false: what an instance did without memory
    /// may be part of anything that came later.
    ///
    /// # Errors
    ///
    /// [`Fault::Memory`] once the machine has refused an instance memory that its limit allows.
    pub fn check_memory(&self) -> Result<(), Fault> {
        if self.starved.load(Relaxed) { Err(Fault::Memory) } else { Ok(()) }
    }
}

fn link(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    wasmtime_wasi::p2::add_to_linker_sync(linker)?;
    // WASI's own timers wait on the host's clock: ours do not wait.
    linker.allow_shadowing(true);
    wasmtime_wasi::p2::bindings::clocks::monotonic_clock::add_to_linker::<State, Monotonic>(linker, State::monotonic)?;
    linker.allow_shadowing(false);
    look::link(&mut linker.instance("tracewright:guest/endless@0.1.0")?)?;
    libm::link(&mut linker.instance("tracewright:guest/libm@0.1.0")?)?;
    // By hand rather than through the generated trait: messages are read where they lie.
    let mut host = linker.instance("tracewright:guest/host@0.1.0")?;
    host.func_wrap("call", |mut store: StoreContextMut<'_, State>, (message,): (WasmStr,)| {
        let bound = store.data().peer.as_ref().map_or(0, |peer| peer.bound());
        let message = bytes_of(&message, &store, bound)?;
        Ok((store.data_mut().with_peer(|peer| peer.call(&message))?,))
    })?;
    host.func_wrap("reply", |mut store: StoreContextMut<'_, State>, (message,): (WasmStr,)| {
        store.data_mut().asked += 1;
        store.data_mut().reply = Some(bytes_of(&message, &store, BYTES_BOUND)?);
        Ok(())
    })?;
    host.func_wrap("report", |mut store: StoreContextMut<'_, State>, (outcome,): (WasmStr,)| {
        let outcome = bytes_of(&outcome, &store, BYTES_BOUND)?;
        let state = store.data_mut();
        let left = state.left();
        let used = state.last_fuel.saturating_sub(left);
        let go_on = state.with_peer(|peer| peer.report(&outcome, used))?;
        state.last_fuel = left;
        if let GoOn::WithFuel(fuel) = go_on {
            state.set_fuel(fuel);
        }
        Ok((go_on != GoOn::Stop,))
    })
}

/// The bytes of a string with a character for each, read where they lie in the instance; of more than `bound` one more than that.
fn bytes_of(text: &WasmStr, store: &StoreContextMut<'_, State>, bound: usize) -> wasmtime::Result<Vec<u8>> {
    let text = text.to_str(store)?;
    let most = bound.saturating_add(1);
    let mut bytes = Vec::with_capacity(text.len().min(most));
    for c in text.chars().take(most) {
        bytes.push(u8::try_from(c).map_err(|_| wasmtime::Error::msg("a message that is not one of bytes"))?);
    }
    Ok(bytes)
}

/// The one place where the engine is configured.
pub(super) fn config(memories: Memories, slots: &Arc<Slots>) -> Config {
    let mut config = Config::new();
    config
        .allocation_strategy(InstanceAllocationStrategy::OnDemand)
        .with_host_memory(Arc::new(Creator(Arc::clone(slots))))
        .max_wasm_stack(WASM_STACK)
        .async_stack_size(2 * WASM_STACK)
        .wasm_backtrace_max_frames(None)
        .cranelift_opt_level(OptLevel::Speed)
        // NaN bits are the one thing WebAssembly leaves open.
        .cranelift_nan_canonicalization(true)
        .relaxed_simd_deterministic(true);
    match memories {
        Memories::Reserved => {
            config.memory_reservation(Limits::MAX_MEMORY.next_power_of_two() as u64).memory_guard_size(GUARD)
        }
        Memories::Growing => config.memory_reservation(0).memory_guard_size(64 << 10),
    };
    config
}
