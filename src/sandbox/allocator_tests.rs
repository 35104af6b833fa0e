//! The guest's allocator by itself, over a C library of the test's own.

use std::{collections::BTreeMap, fs, path::Path};

use proptest::prelude::*;
use wasmtime::{
    Caller, Engine, Extern, Func, Instance, Memory, MemoryType, Module, Ref, RefType, Store, Table, TableType,
    TypedFunc,
};

/// The addresses of the domains' structures here, where the allocator has nothing.
const DOMAINS: [(&str, i32); 3] = [("raw", 0x5_3000), ("memory", 0x5_3014), ("object", 0x5_3028)];
/// The first address that the C library gives out, and that behind the last.
const HEAP: std::ops::Range<u32> = 0x10_0000..0x400_0000;

/// The blocks that the C library has given out: their lengths, by address.
#[derive(Default)]
struct Library {
    blocks: BTreeMap<u32, u32>,
    /// The highest address that was ever given out.
    peak: u32,
}

impl Library {
    /// The first gap that is large enough.
    fn give(&mut self, alignment: u32, size: u32) -> u32 {
        let mut at = HEAP.start.next_multiple_of(alignment);
        for (start, length) in &self.blocks {
            if start - at.min(*start) >= size {
                break;
            }
            at = (start + length).next_multiple_of(alignment);
        }
        if size > HEAP.end || at > HEAP.end - size {
            return 0;
        }
        self.blocks.insert(at, size.max(1));
        self.peak = self.peak.max(at + size);
        at
    }

    fn take_back(&mut self, block: u32) {
        assert!(block == 0 || self.blocks.remove(&block).is_some(), "{block:#x} is no block of the C library's");
    }
}

type Host<'a> = Caller<'a, Library>;

/// The allocator with its memory and the functions of one domain.
struct Allocator {
    store: Store<Library>,
    memory: Memory,
    table: Table,
    malloc: TypedFunc<u32, u32>,
    calloc: TypedFunc<(u32, u32), u32>,
    realloc: TypedFunc<(u32, u32), u32>,
    free: TypedFunc<u32, ()>,
}

/// Returns the allocator's text, its domains' structures where the test has them.
fn text() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("guest/build/link/allocator.wat");
    let mut text = fs::read_to_string(file).unwrap();
    for (domain, address) in DOMAINS {
        let unset = format!("(export \"{domain}\") i32 (i32.const 0)");
        assert!(text.contains(&unset));
        text = text.replace(&unset, &format!("(export \"{domain}\") i32 (i32.const {address})"));
    }
    text
}

impl Allocator {
    fn new(module: &Module) -> Self {
        let mut store = Store::new(module.engine(), Library::default());
        let pages = HEAP.end >> 16;
        let memory = Memory::new(&mut store, MemoryType::new(pages, Some(pages))).unwrap();
        let table = Table::new(&mut store, TableType::new(RefType::FUNCREF, 8, None), Ref::Func(None)).unwrap();
        let imports: Vec<Extern> = vec![
            memory.into(),
            table.into(),
            Func::wrap(&mut store, |mut host: Host<'_>, size: u32| host.data_mut().give(16, size)).into(),
            Func::wrap(&mut store, move |mut host: Host<'_>, count: u32, size: u32| {
                let block = count.checked_mul(size).map_or(0, |size| host.data_mut().give(16, size));
                if block > 0 {
                    memory.data_mut(&mut host)[block as usize..][..(count * size) as usize].fill(0);
                }
                block
            })
            .into(),
            Func::wrap(&mut store, move |mut host: Host<'_>, block: u32, size: u32| {
                let old = host.data().blocks[&block];
                let new = host.data_mut().give(16, size);
                if new > 0 {
                    let content = block as usize..(block + old.min(size)) as usize;
                    memory.data_mut(&mut host).copy_within(content, new as usize);
                    host.data_mut().take_back(block);
                }
                new
            })
            .into(),
            Func::wrap(&mut store, |mut host: Host<'_>, block: u32| host.data_mut().take_back(block)).into(),
            Func::wrap(&mut store, |mut host: Host<'_>, alignment: u32, size: u32| {
                host.data_mut().give(alignment, size)
            })
            .into(),
        ];
        let instance = Instance::new(&mut store, module, &imports).unwrap();
        let (malloc, calloc) = ("PyObject_Malloc", "PyObject_Calloc");
        Self {
            malloc: instance.get_typed_func(&mut store, malloc).unwrap(),
            calloc: instance.get_typed_func(&mut store, calloc).unwrap(),
            realloc: instance.get_typed_func(&mut store, "PyObject_Realloc").unwrap(),
            free: instance.get_typed_func(&mut store, "PyObject_Free").unwrap(),
            store,
            memory,
            table,
        }
    }

    fn malloc(&mut self, size: u32) -> u32 {
        self.malloc.call(&mut self.store, size).unwrap()
    }

    fn free(&mut self, block: u32) {
        self.free.call(&mut self.store, block).unwrap();
    }

    fn bytes(&mut self, block: u32, size: u32) -> &mut [u8] {
        &mut self.memory.data_mut(&mut self.store)[block as usize..][..size as usize]
    }
}

fn module() -> Module {
    Module::new(&Engine::default(), wat::parse_str(text()).unwrap()).unwrap()
}

/// Something that a program does with its memory.
#[derive(Debug, Clone)]
enum Act {
    /// Takes so many blocks of a size.
    Take(u32, usize),
    TakeZeros(u32),
    /// Gives the block back that is so far along among those there are.
    Give(usize),
    /// Gives every n-th block back.
    GiveMany(usize),
    Resize(usize, u32),
}

fn act() -> impl Strategy<Value = Act> {
    let size = || prop_oneof![6 => 0..=520_u32, 1 => 500..5000_u32];
    prop_oneof![
        4 => (size(), 1..200_usize).prop_map(|(size, count)| Act::Take(size, count)),
        2 => size().prop_map(Act::TakeZeros),
        4 => any::<usize>().prop_map(Act::Give),
        1 => (1..5_usize).prop_map(Act::GiveMany),
        4 => (any::<usize>(), size()).prop_map(|(at, size)| Act::Resize(at, size)),
    ]
}

/// A block that the program has: its address, its size, and the byte that fills it.
type Block = (u32, u32, u8);

/// Fills a new block with a byte of its own.
fn fill(allocator: &mut Allocator, number: &mut u8, block: u32, size: u32) -> Block {
    assert!(block > 0 && block.is_multiple_of(8), "{block:#x} for {size} bytes");
    *number = number.wrapping_add(1);
    allocator.bytes(block, size).fill(*number);
    (block, size, *number)
}

/// Gives a block back whose content must be as it was.
fn give(allocator: &mut Allocator, (block, size, byte): Block) {
    assert!(allocator.bytes(block, size).iter().all(|found| *found == byte), "{size} bytes at {block:#x}");
    allocator.free(block);
}

fn run(module: &Module, acts: &[Act]) {
    let mut allocator = Allocator::new(module);
    let (mut blocks, mut number): (Vec<Block>, u8) = (Vec::new(), 0);
    for act in acts {
        match *act {
            Act::Take(size, count) => {
                for _ in 0..count {
                    let block = allocator.malloc(size);
                    blocks.push(fill(&mut allocator, &mut number, block, size));
                }
            }
            Act::TakeZeros(size) => {
                let block = allocator.calloc.call(&mut allocator.store, (size, 1)).unwrap();
                assert!(allocator.bytes(block, size).iter().all(|byte| *byte == 0));
                blocks.push(fill(&mut allocator, &mut number, block, size));
            }
            Act::Give(_) | Act::Resize(..) if blocks.is_empty() => {}
            Act::Give(at) => give(&mut allocator, blocks.swap_remove(at % blocks.len())),
            Act::GiveMany(step) => {
                let (given, kept): (Vec<_>, Vec<_>) = blocks.drain(..).enumerate().partition(|(at, _)| at % step == 0);
                for (_, block) in given {
                    give(&mut allocator, block);
                }
                blocks.extend(kept.into_iter().map(|(_, block)| block));
            }
            Act::Resize(at, size) => {
                let at = at % blocks.len();
                let (block, old, byte) = blocks.swap_remove(at);
                let new = allocator.realloc.call(&mut allocator.store, (block, size)).unwrap();
                assert!(allocator.bytes(new, old.min(size)).iter().all(|found| *found == byte));
                blocks.push(fill(&mut allocator, &mut number, new, size));
            }
        }
    }
    for block in blocks {
        give(&mut allocator, block);
    }
    // All is back but one arena, and the last pool of each class may be in another one each.
    let left = &allocator.store.data().blocks;
    assert!(left.len() <= 64 && left.values().all(|length| *length == 256 << 10), "{left:?}");
}

/// Blocks lie apart, keep their content, and go back where they came from, whatever a program does.
#[test]
fn blocks_are_what_they_should_be() {
    let module = module();
    proptest!(ProptestConfig::with_cases(64), |(acts in proptest::collection::vec(act(), 1..120))| run(&module, &acts));
}

/// Memory that was small blocks of one size can be anything afterwards.
#[test]
fn freed_memory_serves_every_size() {
    let mut allocator = Allocator::new(&module());
    let mut peaks = Vec::new();
    for size in [32, 48, 200, 40_000, 24] {
        let blocks: Vec<u32> = (0..20_000_000 / size).map(|_| allocator.malloc(size)).collect();
        assert!(blocks.iter().all(|block| *block > 0));
        for block in blocks.into_iter().rev() {
            allocator.free(block);
        }
        peaks.push(allocator.store.data().peak);
    }
    assert!(peaks.iter().all(|peak| *peak < peaks[0] + (4 << 20)), "{peaks:?}");
}

/// Blocks of no bytes take no more than the smallest, however they come about.
#[test]
fn empty_blocks_are_small() {
    let mut allocator = Allocator::new(&module());
    let mut blocks = Vec::new();
    for _ in 0..20_000 {
        let block = allocator.malloc(0);
        let zeros = allocator.calloc.call(&mut allocator.store, (0, 8)).unwrap();
        let full = allocator.malloc(40);
        blocks.extend([block, zeros, allocator.realloc.call(&mut allocator.store, (full, 0)).unwrap()]);
    }
    assert!(blocks.iter().all(|block| *block > 0) && allocator.store.data().blocks.len() < 4);
    blocks.sort_unstable();
    assert!(blocks.windows(2).all(|pair| pair[1] - pair[0] >= 8), "none lie on each other");
}

/// Where there is no memory there is no block, and what is there stays.
#[test]
fn there_is_an_end() {
    let mut allocator = Allocator::new(&module());
    let mut blocks = Vec::new();
    loop {
        match allocator.malloc(400) {
            0 => break,
            block => blocks.push(block),
        }
    }
    let bytes = u64::try_from(blocks.len()).unwrap() * 400;
    assert!(bytes > u64::from(HEAP.end - HEAP.start) * 9 / 10, "{bytes}");
    assert_eq!(allocator.malloc(u32::MAX), 0, "not even asked for");
    let last = *blocks.last().unwrap();
    allocator.bytes(last, 400).fill(7);
    assert_eq!(allocator.realloc.call(&mut allocator.store, (last, 3000)).unwrap(), 0);
    assert!(allocator.bytes(last, 400).iter().all(|byte| *byte == 7));
    allocator.free(last);
    assert_eq!(allocator.malloc(400), last);
}

/// A program that puts its own functions in a domain's structure, as `tracemalloc` does, sees every call.
#[test]
fn hooks_are_called() {
    let mut allocator = Allocator::new(&module());
    let hook = Func::wrap(&mut allocator.store, |context: u32, size: u32| context + size);
    let slot = 5;
    allocator.table.set(&mut allocator.store, slot, Ref::Func(Some(hook))).unwrap();
    let [.., (_, object)] = DOMAINS;
    let structure = [1000_u32, u32::try_from(slot).unwrap()].map(u32::to_le_bytes).concat();
    allocator.bytes(object.cast_unsigned(), 8).copy_from_slice(&structure);
    assert_eq!(allocator.malloc(24), 1024);
    assert_eq!(allocator.malloc(3_000_000_000), 0, "more than CPython takes for possible");
}
