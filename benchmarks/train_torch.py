import torch, time, sys, os, resource
from transformers import LlamaConfig, LlamaForCausalLM
torch.set_num_threads(2)
def run(name, h, i, l, heads, kv, v, rows, seq=512, steps=6, eager=False):
    torch.manual_seed(0)
    c = LlamaConfig(vocab_size=v, hidden_size=h, intermediate_size=i, num_hidden_layers=l, num_attention_heads=heads, num_key_value_heads=kv, max_position_embeddings=2048, tie_word_embeddings=True)
    m = LlamaForCausalLM(c); m.train()
    n = sum(p.numel() for p in m.parameters())
    opt = torch.optim.AdamW(m.parameters(), lr=1e-4)
    x = torch.randint(0, v, (rows, seq))
    best=1e9
    for s in range(steps):
        t=time.time(); cpu=resource.getrusage(resource.RUSAGE_SELF); 
        loss = m(input_ids=x, labels=x).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(m.parameters(), 1.0)
        opt.step(); opt.zero_grad()
        d=time.time()-t; c2=resource.getrusage(resource.RUSAGE_SELF)
        if s>0 and d<best: best=d; u=c2.ru_utime-cpu.ru_utime; sy=c2.ru_stime-cpu.ru_stime
    print(f"{name} {n/1e6:.2f}M rows {rows}: {rows*seq/best:.0f} tok/s, step {best:.3f}s user {u:.2f} sys {sy:.2f} loss {loss.item():.4f}", flush=True)
    rss=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"maxrss {rss/1e6:.2f} GB")
for rows in (1,4):
    run("5M", 256, 688, 6, 4, 4, 4096, rows)
for rows in (1,4):
    run("27M", 512, 1376, 8, 8, 4, 4096, rows)
