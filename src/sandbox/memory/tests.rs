//! What an instance leaves behind: nothing.

use std::mem::MaybeUninit;

use proptest::prelude::*;
use rustix::mm::{Advice, madvise};

use super::{pages::Zeros, *};
use crate::sandbox::{CacheDir, Limits, Sandbox, Settings};

const PAGE: usize = 64 << 10;

impl Slots {
    /// The memories that no instance has, and of these the pages of 4 KiB that are not what they were at first.
    #[expect(unsafe_code, reason = "memory is read")]
    fn changed(&self) -> (usize, Vec<usize>) {
        let Some(image) = self.image.get() else { return (0, Vec::new()) };
        let free = self.free.lock().unwrap();
        let mut changed = Vec::new();
        for slot in free.iter() {
            assert_eq!(slot.accessible, slot.minimum);
            // SAFETY: so many bytes of the memory can be read.
            let now = unsafe { std::slice::from_raw_parts(slot.base.as_ptr(), slot.minimum) };
            let zeros = [0; 4096];
            let first = image.bytes().chunks(4096).chain(std::iter::repeat(&zeros[..]));
            let pages = now.chunks(4096).zip(first).enumerate();
            changed.extend(pages.filter(|(_, (now, first))| now != first).map(|(page, _)| page));
        }
        (free.len(), changed)
    }
}

/// Memories that begin with four pages of WebAssembly's with something in them, of seven.
fn slots() -> Arc<Slots> {
    slots_reused(Reuse::of_system())
}

fn slots_reused(reuse: Reuse) -> Arc<Slots> {
    let slots = Arc::new(Slots {
        image: OnceLock::new(),
        runtime: OnceLock::new(),
        free: Mutex::default(),
        counters: Arc::default(),
        reuse,
        room: 4 * PAGE,
    });
    let content: Vec<u8> = (0..4 * PAGE).map(|at| at.to_le_bytes()[0] ^ at.to_le_bytes()[1]).collect();
    slots.begin_with(file_of(&content).unwrap()).unwrap();
    slots
}

fn memory(slots: &Arc<Slots>) -> Box<dyn LinearMemory> {
    let creator = Creator(Arc::clone(slots));
    creator.new_memory(MemoryType::new(7, None), 7 * PAGE, None, Some(4096 * PAGE), PAGE).unwrap()
}

#[expect(unsafe_code, reason = "memory is written")]
fn write(memory: &dyn LinearMemory, at: usize, byte: u8) {
    assert!(at < memory.byte_size());
    // SAFETY: so many bytes can be written.
    unsafe { memory.as_ptr().add(at).write_volatile(byte) };
}

proptest! {
    #[test]
    fn the_next_instance_finds_what_the_first_found(
        rounds in prop::collection::vec((prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40), 7_usize..2000, 1_usize..5000), 1..6)
    ) {
        let slots = slots();
        for (writes, pages, stride) in rounds {
            let mut memory = memory(&slots);
            memory.grow_to(pages * PAGE).unwrap();
            for (at, byte) in &writes {
                write(memory.as_ref(), at.index(pages * PAGE), *byte);
            }
            // Every so many pages, so that there are more places than one scan names.
            for at in (0..pages * PAGE).step_by(stride * 4096) {
                write(memory.as_ref(), at, 255);
            }
            prop_assert!(memory.grow_to(4097 * PAGE).is_err());
            drop(memory);
            prop_assert_eq!(slots.changed(), (1, Vec::new()));
        }
    }
}

#[test]
fn what_is_changed_everywhere_is_dropped() {
    let slots = slots();
    for grown in [7, 64, 128] {
        let mut memory = memory(&slots);
        memory.grow_to(grown * PAGE).unwrap();
        (0..grown * PAGE).step_by(4096).for_each(|at| write(memory.as_ref(), at, 1));
        drop(memory);
        assert_eq!(slots.changed(), (1, Vec::new()));
    }
}

#[test]
fn what_was_swapped_out_is_found() {
    let slots = slots();
    let memory = memory(&slots);
    (0..7 * PAGE).step_by(8192).for_each(|at| write(memory.as_ref(), at, 1));
    #[expect(unsafe_code, reason = "memory is advised on")]
    // SAFETY: these are addresses of the memory, which keeps its content. Where there is nowhere to swap to, nothing happens.
    let _ = unsafe { madvise(memory.as_ptr().cast(), 7 * PAGE, Advice::LinuxPageOut) };
    drop(memory);
    assert_eq!(slots.changed(), (1, Vec::new()));
}

/// Zeros that all share are a change over the image, where the system puts them in the place of a page of zeros (KSM), and none beyond it.
#[test]
#[expect(unsafe_code, reason = "memory is read")]
fn shared_zeros_are_a_change_where_they_were_not_first() {
    let slots = slots();
    let memory = memory(&slots);
    let at = memory.as_ptr().wrapping_add(5 * PAGE);
    // SAFETY: so many bytes can be read; the page becomes that of zeros.
    assert_eq!(unsafe { at.read_volatile() }, 0);
    let mut storage = [const { MaybeUninit::uninit() }; 4];
    let mut named = |zeros| pages::scan(at, PAGE, zeros, &mut storage).unwrap().0.len();
    assert_eq!((named(Zeros::First), named(Zeros::Changed)), (0, 1));
}

/// Where the system makes only a part of what a memory grew by accessible, more than its size can be touched.
#[test]
fn a_memory_that_grew_in_part_is_not_used_again() {
    let slots = slots();
    for torn in [false, true] {
        let mut slot = slots.slot(7 * PAGE, 4096 * PAGE, PAGE).unwrap();
        slot.torn = torn;
        drop(Memory { slot: Some(slot), slots: Arc::clone(&slots), moves: false, moved: false, guard: PAGE });
        assert_eq!(slots.changed().0, usize::from(!torn));
    }
}

/// As on a system that does not tell which pages changed, and on one that cannot drop changes.
#[test]
fn what_cannot_be_named_is_dropped_and_what_cannot_be_dropped_is_not_used_again() {
    for (reuse, kept) in [(Reuse::Dropped, 1), (Reuse::Never, 0)] {
        let slots = slots_reused(reuse);
        for _ in 0..2 {
            let mut memory = memory(&slots);
            memory.grow_to(20 * PAGE).unwrap();
            (0..20 * PAGE).step_by(9000).for_each(|at| write(memory.as_ref(), at, 1));
        }
        assert_eq!(slots.changed(), (kept, Vec::new()));
    }
}

/// Where little address space is reserved, a memory takes what it holds along.
#[test]
fn a_memory_moves_with_what_it_holds() {
    let slots = slots();
    let creator = Creator(Arc::clone(&slots));
    let mut memory = creator.new_memory(MemoryType::new(7, None), 7 * PAGE, None, Some(0), PAGE).unwrap();
    let first = memory.as_ptr();
    write(memory.as_ref(), 3, 99);
    write(memory.as_ref(), 6 * PAGE, 98);
    memory.grow_to(11 * PAGE).unwrap();
    assert_eq!(memory.as_ptr(), first, "there is room");
    write(memory.as_ref(), 10 * PAGE, 97);
    memory.grow_to(40 * PAGE).unwrap();
    assert_ne!(memory.as_ptr(), first);
    assert_eq!((memory.byte_size(), memory.byte_capacity()), (40 * PAGE, 44 * PAGE));
    #[expect(unsafe_code, reason = "memory is read")]
    // SAFETY: so many bytes can be read.
    let now = unsafe { std::slice::from_raw_parts(memory.as_ptr(), 40 * PAGE) };
    assert_eq!((now[3], now[6 * PAGE], now[10 * PAGE]), (99, 98, 97));
    assert_eq!(now[..7 * PAGE].iter().zip(slots.image.get().unwrap().bytes()).filter(|(a, b)| a != b).count(), 1);
    assert!(now[11 * PAGE..].iter().all(|byte| *byte == 0));
    drop(memory);
    assert_eq!(slots.changed().0, 0, "it is of no size that is asked for");
    drop(creator.new_memory(MemoryType::new(7, None), 7 * PAGE, None, Some(0), PAGE).unwrap());
    assert_eq!(slots.changed(), (1, Vec::new()));
}

#[test]
fn a_counter_counts_down_to_below_zero() {
    let slots = slots();
    let creator = Creator(Arc::clone(&slots));
    let ty = MemoryType::new(1, Some(1));
    let mut memory = creator.new_memory(ty, PAGE, Some(PAGE), Some(4096 * PAGE), PAGE).unwrap();
    let counter = take_counter().unwrap();
    assert!(take_counter().is_none());
    counter.set(5);
    counter.charge(3);
    assert_eq!((counter.left(), counter.is_exhausted(), memory.byte_size()), (2, false, PAGE));
    // The instance's side of it.
    write(memory.as_ref(), 0, 7);
    assert_eq!(counter.left(), 7);
    counter.charge(u64::MAX);
    assert_eq!((counter.left(), counter.is_exhausted()), (0, true));
    assert!(memory.grow_to(2 * PAGE).is_err());
    counter.set(u64::MAX);
    assert_eq!(counter.left(), i64::MAX.cast_unsigned());
    // The last of both gives its place back, and the next begins at zero.
    drop(memory);
    assert!(!counter.is_exhausted());
    assert!(slots.counters.0.lock().unwrap().is_empty());
    drop(counter);
    let next = creator.new_memory(MemoryType::new(1, Some(1)), PAGE, Some(PAGE), Some(4096 * PAGE), PAGE).unwrap();
    assert!(slots.counters.0.lock().unwrap().is_empty());
    assert_eq!(take_counter().unwrap().left(), 0);
    drop(next);
    assert_eq!(slots.counters.0.lock().unwrap().len(), 1);
}

#[test]
fn two_at_a_time_have_two() {
    let slots = slots();
    let (first, second) = (memory(&slots), memory(&slots));
    write(first.as_ref(), 3, 9);
    assert_ne!(first.as_ptr(), second.as_ptr());
    drop((first, second));
    assert_eq!(slots.changed(), (2, Vec::new()));
}

/// What candidates do to an interpreter's memory, each in turn in the one before's.
#[test]
fn no_page_of_an_interpreter_keeps_what_a_program_did() {
    let cache = CacheDir::from_environment();
    let sandbox = Sandbox::new(&Settings { jobs: 1, cache }, &mut |_| {}).unwrap();
    let slots = Arc::clone(&sandbox.slots);
    for program in [
        "x = 1",
        "import json, re, collections, decimal, datetime\nprint(json.dumps(list(range(1000))))",
        "x = [bytearray(5_000_000) for _ in range(40)]",
        "x = [bytes(1000) for _ in range(3000)][::7]",
        "def f(n): return f(n + 1)\nf(0)",
        "x = 'a'\nwhile True: x += x",
        "import gc\nx = [o for o in gc.get_objects()]\nfor o in x:\n    if type(o) is dict: o['leak'] = 1",
        "import sys\nfor m in list(sys.modules.values()):\n    try: m.leaked = 1\n    except Exception: pass",
        "while True: pass",
        "import os\nos._exit(3)",
    ] {
        let limits = Limits { fuel: 3_000_000_000, memory: 400 << 20, output: 1 << 10 };
        let mut instance = sandbox.instantiate(&limits).unwrap();
        let _ = instance.load(program, &[], false);
        drop(instance);
        let (memories, changed) = slots.changed();
        assert_eq!((memories, changed.len()), (1, 0), "{program}");
    }
}

proptest! {
    /// The places that differ are the same whether the system names those to look at or not, and whatever instance had the memory before.
    #[test]
    fn changes_are_what_differs(
        before in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40),
        writes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40),
    ) {
        let slots = slots();
        let length = 9 * PAGE;
        let first = memory(&slots);
        for (at, byte) in &before {
            write(first.as_ref(), at.index(7 * PAGE), *byte);
        }
        drop(first);
        let mut now = memory(&slots);
        now.grow_to(length).unwrap();
        let mut expected = slots.image().to_vec();
        expected.resize(length, 0);
        let start = expected.clone();
        for (at, byte) in &writes {
            write(now.as_ref(), at.index(length), *byte);
            expected[at.index(length)] = *byte;
        }
        #[expect(unsafe_code, reason = "memory is read")]
        // SAFETY: so many bytes can be read, and nothing writes to them meanwhile.
        let bytes = unsafe { std::slice::from_raw_parts(now.as_ptr(), length) };
        prop_assert_eq!(bytes, &expected[..]);
        let pages = |places: &[Range<usize>]| places.iter().cloned().flat_map(|place| place.step_by(4096)).collect::<Vec<_>>();
        let differing: Vec<usize> =
            (0..length).step_by(4096).filter(|at| expected[*at..][..4096] != start[*at..][..4096]).collect();
        prop_assert_eq!(pages(&slots.changes(bytes)), differing.clone());
        prop_assert_eq!(pages(&changed::places(bytes, slots.image(), Reuse::Never)), differing);
    }
}
