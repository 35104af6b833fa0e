;; An allocator for Python's objects and for everything small that goes through the interpreter's memory interface: blocks of at most 512
;; bytes, in size classes eight bytes apart, as CPython's own pymalloc has them (Objects/obmalloc.c), which the componentizer leaves out.
;; Larger blocks, and the arenas themselves, come from the C library.
;;
;; A pool is 16 KiB with blocks of one size; an arena is some pools. A block's pool is found by its address, and one byte for each pool of
;; the whole address space says whether it is one: blocks of the C library's, those of the stored heap among them, are told apart by it.
;; A pool without blocks in use goes back to its arena, an arena without pools in use to the C library.
;;
;; A pool begins with
;;    0  the number of its blocks in use
;;    4  its first free block, each of which begins with the next; 0: none, and the pool is in no list of its class
;;    8  the next pool in its class's list; of a free pool: the next free pool of the arena; 0 in the end
;;   12  the pool before it in that list, 0 in front
;;   16  its first block that was never in a list
;;   20  the last address at which a block may begin
;;   24  the size of its blocks
;;   28  its arena, which is the address of the arena's first pool
;; and an arena's first pool goes on with
;;   32  the first free pool of the arena; 0: none
;;   36  the arena's first pool that was never used
;;   40  the arena's end
;;   44  the number of its pools in use
;;   48  the next arena with pools to give, 0 in the end
;;   52  the arena before it, 0 in front
;; and blocks begin at 64.
;;
;; Fixed addresses, where the C stack was before the linker moved it:
;;   0x10000  MAP: a byte for each 16 KiB of the address space, 1 where that is a pool
;;   0x50000  LISTS: a word for each size class, the first pool of its list
;;   0x50200  ARENAS: the first arena that has pools to give
;;   0x54000  the first arena, which ends at 0x100000
;; All of it is zero at the start. So is address 4, which never changes: a list that is empty looks like a pool without free blocks there. (What
;; comes before the first pool of an empty list is written to address 12, and never read.)
(module
  (import "env" "memory" (memory 0))
  (import "env" "table" (table 0 funcref))
  (import "libc" "malloc" (func $libc_malloc (param i32) (result i32)))
  (import "libc" "calloc" (func $libc_calloc (param i32 i32) (result i32)))
  (import "libc" "realloc" (func $libc_realloc (param i32 i32) (result i32)))
  (import "libc" "free" (func $libc_free (param i32)))
  (import "libc" "aligned_alloc" (func $libc_aligned_alloc (param i32 i32) (result i32)))

  ;; The interpreter's three domains: the addresses of their structures { context, malloc, calloc, realloc, free }. And what stands in them
  ;; unless a program has put something else there, as tracemalloc does. The linker sets all of these.
  (global $raw (export "raw") i32 (i32.const 0))
  (global $memory (export "memory") i32 (i32.const 0))
  (global $object (export "object") i32 (i32.const 0))
  (global $malloc (export "malloc") i32 (i32.const 0))
  (global $calloc (export "calloc") i32 (i32.const 0))
  (global $realloc (export "realloc") i32 (i32.const 0))
  (global $free (export "free") i32 (i32.const 0))

  ;; A block of `size` bytes; 0 where there is no memory.
  (func $allocate (param $size i32) (result i32)
    (local $pool i32) (local $block i32) (local $next i32)
    (if (i32.gt_u (local.get $size) (i32.const 512))
      (then (return (call $large (local.get $size)))))
    (if (i32.eqz (local.tee $block (i32.load offset=4 (local.tee $pool (i32.load offset=0x50000
        (i32.and (i32.shr_u (i32.add (local.get $size) (i32.const 7)) (i32.const 1)) (i32.const -4)))))))
      (then (return (call $refill (local.get $size)))))
    (i32.store (local.get $pool) (i32.add (i32.load (local.get $pool)) (i32.const 1)))
    (i32.store offset=4 (local.get $pool) (local.tee $next (i32.load (local.get $block))))
    (if (i32.eqz (local.get $next)) (then (call $exhausted (local.get $pool))))
    (local.get $block))

  ;; A block of the C library's, which is not asked for more than CPython takes for possible.
  (func $large (param $size i32) (result i32)
    (if (i32.lt_s (local.get $size) (i32.const 0)) (then (return (i32.const 0))))
    (return_call $libc_malloc (local.get $size)))

  ;; Gives a block back; 0 is none.
  (func $release (param $block i32)
    (local $pool i32) (local $head i32) (local $used i32)
    (if (i32.eqz (i32.load8_u offset=0x10000 (i32.shr_u (local.get $block) (i32.const 14))))
      (then (return (call $libc_free (local.get $block)))))
    (i32.store (local.get $block)
      (local.tee $head (i32.load offset=4 (local.tee $pool (i32.and (local.get $block) (i32.const -16384))))))
    (i32.store offset=4 (local.get $pool) (local.get $block))
    (i32.store (local.get $pool) (local.tee $used (i32.sub (i32.load (local.get $pool)) (i32.const 1))))
    (if (i32.eqz (local.get $head)) (then (return_call $link (local.get $pool))))
    (if (i32.eqz (local.get $used)) (then (call $emptied (local.get $pool)))))

  ;; A block for one of another size, with its content; 0 where there is no memory, and then the old one stays.
  (func $reallocate (param $block i32) (param $size i32) (result i32)
    (local $old i32) (local $new i32)
    (if (i32.lt_s (local.get $size) (i32.const 0)) (then (return (i32.const 0))))
    (if (i32.eqz (local.get $block)) (then (return (call $allocate (local.get $size)))))
    (if (i32.eqz (i32.load8_u offset=0x10000 (i32.shr_u (local.get $block) (i32.const 14))))
      (then (return (call $libc_realloc (local.get $block)
        (select (local.get $size) (i32.const 1) (local.get $size))))))
    (local.set $old (i32.load offset=24 (i32.and (local.get $block) (i32.const -16384))))
    ;; It stays unless a quarter of it would be wasted.
    (if (i32.and
          (i32.le_u (local.get $size) (local.get $old))
          (i32.gt_u (i32.shl (local.get $size) (i32.const 2)) (i32.mul (local.get $old) (i32.const 3))))
      (then (return (local.get $block))))
    (local.set $new (call $allocate (local.get $size)))
    (if (local.get $new)
      (then
        (memory.copy (local.get $new) (local.get $block)
          (select (local.get $size) (local.get $old) (i32.lt_u (local.get $size) (local.get $old))))
        (call $release (local.get $block))))
    (local.get $new))

  ;; A block of zeros.
  (func $allocate_zeros (param $count i32) (param $size i32) (result i32)
    (local $block i32) (local $whole i64)
    (if (i64.gt_u
          (local.tee $whole (i64.mul (i64.extend_i32_u (local.get $count)) (i64.extend_i32_u (local.get $size))))
          (i64.const 512))
      (then
        (if (i64.gt_u (local.get $whole) (i64.const 0x7fffffff)) (then (return (i32.const 0))))
        (return_call $libc_calloc (local.get $count) (local.get $size))))
    (if (local.tee $block (call $allocate (i32.wrap_i64 (local.get $whole))))
      (then (memory.fill (local.get $block) (i32.const 0) (i32.wrap_i64 (local.get $whole)))))
    (local.get $block))

  ;; A block where no pool of its size has one: from a new pool.
  (func $refill (param $size i32) (result i32)
    (local $pool i32)
    ;; A block of no bytes is one of the smallest. Its own list is always empty.
    (if (i32.eqz (local.get $size)) (then (return_call $allocate (i32.const 1))))
    (if (i32.eqz (local.tee $pool (call $take_pool)))
      (then (return (call $libc_malloc (local.get $size)))))
    (local.set $size (i32.and (i32.add (local.get $size) (i32.const 7)) (i32.const -8)))
    (i32.store offset=16 (local.get $pool) (i32.add (local.get $pool) (i32.const 64)))
    (i32.store offset=20 (local.get $pool) (i32.sub (i32.add (local.get $pool) (i32.const 16384)) (local.get $size)))
    (i32.store offset=24 (local.get $pool) (local.get $size))
    (call $carve (local.get $pool))
    (call $link (local.get $pool))
    (return_call $allocate (local.get $size)))

  ;; Puts a pool in front of its class's list.
  (func $link (param $pool i32)
    (local $list i32) (local $next i32)
    (local.set $list (i32.shr_u (i32.load offset=24 (local.get $pool)) (i32.const 1)))
    (i32.store offset=8 (local.get $pool) (local.tee $next (i32.load offset=0x50000 (local.get $list))))
    (i32.store offset=12 (local.get $pool) (i32.const 0))
    (i32.store offset=12 (local.get $next) (local.get $pool))
    (i32.store offset=0x50000 (local.get $list) (local.get $pool)))

  ;; Takes a pool out of its class's list.
  (func $unlink (param $pool i32)
    (local $before i32) (local $next i32)
    (local.set $next (i32.load offset=8 (local.get $pool)))
    (i32.store offset=12 (local.get $next) (local.tee $before (i32.load offset=12 (local.get $pool))))
    (if (local.get $before)
      (then (i32.store offset=8 (local.get $before) (local.get $next)))
      (else (i32.store offset=0x50000
        (i32.shr_u (i32.load offset=24 (local.get $pool)) (i32.const 1)) (local.get $next)))))

  ;; The pool's last free block was taken.
  (func $exhausted (param $pool i32)
    (if (i32.gt_u (i32.load offset=16 (local.get $pool)) (i32.load offset=20 (local.get $pool)))
      (then (return (call $unlink (local.get $pool)))))
    (call $carve (local.get $pool)))

  ;; Makes free blocks of the next KiB of a pool that has none: at least one.
  (func $carve (param $pool i32)
    (local $block i32) (local $next i32) (local $size i32) (local $last i32) (local $end i32)
    (local.set $size (i32.load offset=24 (local.get $pool)))
    (local.set $last (i32.load offset=20 (local.get $pool)))
    (local.set $block (i32.load offset=16 (local.get $pool)))
    (local.set $end (i32.add (local.get $block) (i32.sub (i32.const 1024) (local.get $size))))
    (if (i32.gt_u (local.get $end) (local.get $last)) (then (local.set $end (local.get $last))))
    (i32.store offset=4 (local.get $pool) (local.get $block))
    (loop $more
      (local.set $next (i32.add (local.get $block) (local.get $size)))
      (if (i32.le_u (local.get $next) (local.get $end))
        (then
          (i32.store (local.get $block) (local.get $next))
          (local.set $block (local.get $next))
          (br $more))))
    (i32.store (local.get $block) (i32.const 0))
    (i32.store offset=16 (local.get $pool) (local.get $next)))

  ;; No block of the pool is in use any more. The last pool of a class stays: the next block would only make it anew.
  (func $emptied (param $pool i32)
    (local $arena i32) (local $next i32) (local $before i32)
    (if (i32.and
          (i32.eqz (i32.load offset=12 (local.get $pool)))
          (i32.eqz (i32.load offset=8 (local.get $pool))))
      (then (return)))
    (call $unlink (local.get $pool))
    (local.set $arena (i32.load offset=28 (local.get $pool)))
    (if (i32.eqz (call $can_give (local.get $arena))) (then (call $link_arena (local.get $arena))))
    (i32.store offset=8 (local.get $pool) (i32.load offset=32 (local.get $arena)))
    (i32.store offset=32 (local.get $arena) (local.get $pool))
    (i32.store offset=44 (local.get $arena) (i32.sub (i32.load offset=44 (local.get $arena)) (i32.const 1)))
    (if (i32.load offset=44 (local.get $arena)) (then (return)))
    ;; The arena is free as a whole. The first one stays, and so does one that alone has pools to give.
    (local.set $next (i32.load offset=48 (local.get $arena)))
    (local.set $before (i32.load offset=52 (local.get $arena)))
    (if (i32.eq (local.get $arena) (i32.const 0x54000)) (then (return)))
    (if (i32.eqz (i32.or (local.get $next) (local.get $before))) (then (return)))
    (call $unlink_arena (local.get $arena))
    (memory.fill (i32.add (i32.shr_u (local.get $arena) (i32.const 14)) (i32.const 0x10000)) (i32.const 0) (i32.const 16))
    (call $libc_free (local.get $arena)))

  ;; Whether an arena has pools to give, and so is in the list.
  (func $can_give (param $arena i32) (result i32)
    (i32.or
      (i32.load offset=32 (local.get $arena))
      (i32.lt_u (i32.load offset=36 (local.get $arena)) (i32.load offset=40 (local.get $arena)))))

  (func $link_arena (param $arena i32)
    (local $next i32)
    (i32.store offset=48 (local.get $arena) (local.tee $next (i32.load (i32.const 0x50200))))
    (i32.store offset=52 (local.get $arena) (i32.const 0))
    (if (local.get $next) (then (i32.store offset=52 (local.get $next) (local.get $arena))))
    (i32.store (i32.const 0x50200) (local.get $arena)))

  (func $unlink_arena (param $arena i32)
    (local $next i32) (local $before i32)
    (local.set $next (i32.load offset=48 (local.get $arena)))
    (local.set $before (i32.load offset=52 (local.get $arena)))
    (if (local.get $next) (then (i32.store offset=52 (local.get $next) (local.get $before))))
    (if (local.get $before)
      (then (i32.store offset=48 (local.get $before) (local.get $next)))
      (else (i32.store (i32.const 0x50200) (local.get $next)))))

  ;; A pool without blocks, marked in the map; 0 where there is no memory.
  (func $take_pool (result i32)
    (local $arena i32) (local $pool i32)
    (if (i32.eqz (local.tee $arena (i32.load (i32.const 0x50200))))
      (then
        (if (i32.load (i32.const 0x54028))
          (then
            (if (i32.eqz (local.tee $arena (call $libc_aligned_alloc (i32.const 16384) (i32.const 262144))))
              (then (return (i32.const 0))))
            (memory.fill (local.get $arena) (i32.const 0) (i32.const 64))
            (i32.store offset=40 (local.get $arena) (i32.add (local.get $arena) (i32.const 262144))))
          (else
            (local.set $arena (i32.const 0x54000))
            (i32.store (i32.const 0x54028) (i32.const 0x100000))))
        (i32.store offset=36 (local.get $arena) (local.get $arena))
        (call $link_arena (local.get $arena))))
    (if (local.tee $pool (i32.load offset=32 (local.get $arena)))
      (then (i32.store offset=32 (local.get $arena) (i32.load offset=8 (local.get $pool))))
      (else
        (local.set $pool (i32.load offset=36 (local.get $arena)))
        (i32.store offset=36 (local.get $arena) (i32.add (local.get $pool) (i32.const 16384)))
        (i32.store8 offset=0x10000 (i32.shr_u (local.get $pool) (i32.const 14)) (i32.const 1))))
    (i32.store (local.get $pool) (i32.const 0))
    (i32.store offset=28 (local.get $pool) (local.get $arena))
    (i32.store offset=44 (local.get $arena) (i32.add (i32.load offset=44 (local.get $arena)) (i32.const 1)))
    (if (i32.eqz (call $can_give (local.get $arena))) (then (call $unlink_arena (local.get $arena))))
    (local.get $pool))

  ;; What stands in the domains' structures by default.
  (func (export "_PyMem_RawMalloc") (param $context i32) (param $size i32) (result i32)
    (return_call $allocate (local.get $size)))
  (func (export "_PyMem_RawCalloc") (param $context i32) (param $count i32) (param $size i32) (result i32)
    (return_call $allocate_zeros (local.get $count) (local.get $size)))
  (func (export "_PyMem_RawRealloc") (param $context i32) (param $block i32) (param $size i32) (result i32)
    (return_call $reallocate (local.get $block) (local.get $size)))
  (func (export "_PyMem_RawFree") (param $context i32) (param $block i32)
    (return_call $release (local.get $block)))

  ;; The interface of each domain: straight to the allocator, unless something else stands in its structure.
  (func (export "PyMem_RawMalloc") (param $size i32) (result i32)
    (if (i32.ne (i32.load offset=4 (global.get $raw)) (global.get $malloc))
      (then (return (call $hooked_malloc (global.get $raw) (local.get $size)))))
    (call $allocate (local.get $size)))
  (func (export "PyMem_RawCalloc") (param $count i32) (param $size i32) (result i32)
    (if (i32.ne (i32.load offset=8 (global.get $raw)) (global.get $calloc))
      (then (return (call $hooked_calloc (global.get $raw) (local.get $count) (local.get $size)))))
    (call $allocate_zeros (local.get $count) (local.get $size)))
  (func (export "PyMem_RawRealloc") (param $block i32) (param $size i32) (result i32)
    (if (i32.ne (i32.load offset=12 (global.get $raw)) (global.get $realloc))
      (then (return (call $hooked_realloc (global.get $raw) (local.get $block) (local.get $size)))))
    (call $reallocate (local.get $block) (local.get $size)))
  (func (export "PyMem_RawFree") (param $block i32)
    (if (i32.ne (i32.load offset=16 (global.get $raw)) (global.get $free))
      (then (return (call $hooked_free (global.get $raw) (local.get $block)))))
    (call $release (local.get $block)))
  (func (export "PyMem_Malloc") (param $size i32) (result i32)
    (if (i32.ne (i32.load offset=4 (global.get $memory)) (global.get $malloc))
      (then (return (call $hooked_malloc (global.get $memory) (local.get $size)))))
    (call $allocate (local.get $size)))
  (func (export "PyMem_Calloc") (param $count i32) (param $size i32) (result i32)
    (if (i32.ne (i32.load offset=8 (global.get $memory)) (global.get $calloc))
      (then (return (call $hooked_calloc (global.get $memory) (local.get $count) (local.get $size)))))
    (call $allocate_zeros (local.get $count) (local.get $size)))
  (func (export "PyMem_Realloc") (param $block i32) (param $size i32) (result i32)
    (if (i32.ne (i32.load offset=12 (global.get $memory)) (global.get $realloc))
      (then (return (call $hooked_realloc (global.get $memory) (local.get $block) (local.get $size)))))
    (call $reallocate (local.get $block) (local.get $size)))
  (func (export "PyMem_Free") (param $block i32)
    (if (i32.ne (i32.load offset=16 (global.get $memory)) (global.get $free))
      (then (return (call $hooked_free (global.get $memory) (local.get $block)))))
    (call $release (local.get $block)))
  (func (export "PyObject_Calloc") (param $count i32) (param $size i32) (result i32)
    (if (i32.ne (i32.load offset=8 (global.get $object)) (global.get $calloc))
      (then (return (call $hooked_calloc (global.get $object) (local.get $count) (local.get $size)))))
    (call $allocate_zeros (local.get $count) (local.get $size)))
  (func (export "PyObject_Realloc") (param $block i32) (param $size i32) (result i32)
    (if (i32.ne (i32.load offset=12 (global.get $object)) (global.get $realloc))
      (then (return (call $hooked_realloc (global.get $object) (local.get $block) (local.get $size)))))
    (call $reallocate (local.get $block) (local.get $size)))
  (func (export "PyObject_Malloc") (param $size i32) (result i32)
    (if (i32.ne (i32.load offset=4 (global.get $object)) (global.get $malloc))
      (then (return (call $hooked_malloc (global.get $object) (local.get $size)))))
    (call $allocate (local.get $size)))
  (func (export "PyObject_Free") (param $block i32)
    (if (i32.ne (i32.load offset=16 (global.get $object)) (global.get $free))
      (then (return (call $hooked_free (global.get $object) (local.get $block)))))
    (call $release (local.get $block)))

  ;; What else stands in a domain's structure.
  (func $hooked_malloc (param $domain i32) (param $size i32) (result i32)
    (if (i32.lt_s (local.get $size) (i32.const 0)) (then (return (i32.const 0))))
    (call_indirect (param i32 i32) (result i32)
      (i32.load (local.get $domain)) (local.get $size) (i32.load offset=4 (local.get $domain))))
  (func $hooked_calloc (param $domain i32) (param $count i32) (param $size i32) (result i32)
    (if (i64.gt_u (i64.mul (i64.extend_i32_u (local.get $count)) (i64.extend_i32_u (local.get $size))) (i64.const 0x7fffffff))
      (then (return (i32.const 0))))
    (call_indirect (param i32 i32 i32) (result i32)
      (i32.load (local.get $domain)) (local.get $count) (local.get $size) (i32.load offset=8 (local.get $domain))))
  (func $hooked_realloc (param $domain i32) (param $block i32) (param $size i32) (result i32)
    (if (i32.lt_s (local.get $size) (i32.const 0)) (then (return (i32.const 0))))
    (call_indirect (param i32 i32 i32) (result i32)
      (i32.load (local.get $domain)) (local.get $block) (local.get $size) (i32.load offset=12 (local.get $domain))))
  (func $hooked_free (param $domain i32) (param $block i32)
    (call_indirect (param i32 i32)
      (i32.load (local.get $domain)) (local.get $block) (i32.load offset=16 (local.get $domain)))))
