#!/usr/bin/env python3
"""Record a Hugging Face model where it runs; draw it elsewhere with `glassformer draw --trace FILE`.

    python3 scripts/record.py MODEL 'the cat sat on the mat' --out cat.safetensors
    python3 scripts/record.py MODEL TEXT --out cat.safetensors --layers 0,5-7 --tokens 0:64 \\
        --names attn.hook_pattern,hook_resid_post --dtype bfloat16 --device-map auto
    torchrun --nproc-per-node 2 scripts/record.py MODEL TEXT --out cat.safetensors --tensor-parallel

MODEL is a folder or a name that transformers knows: GPT-2, Llama, Mistral, Qwen2, Qwen3, BERT, BART, Marian and models
built like them. Needs torch, transformers and safetensors (accelerate for --device-map and --tensor-parallel). The file is safetensors
with TransformerLens' names and, as metadata, tokens, ids, model, family, layers, heads and the like.
"""
import argparse
import json
import os
import re
import zlib

import torch
import torch.distributed as dist
import transformers
from safetensors.torch import save_file
from transformers.convert_slow_tokenizer import bytes_to_unicode

# Where each family keeps a part of a block, the first that is there: (name, modules, whether input or output).
PARTS = [
    ("ln1.hook_normalized", ["ln_1", "input_layernorm"], "output"),
    ("attn.hook_q", ["self_attn.q_proj", "attention.self.query"], "heads"),
    ("attn.hook_k", ["self_attn.k_proj", "attention.self.key"], "heads"),
    ("attn.hook_v", ["self_attn.v_proj", "attention.self.value"], "heads"),
    ("attn.hook_pattern", ["attn", "self_attn", "attention.self"], "weights"),
    ("attn.hook_z", ["attn.c_proj", "self_attn.o_proj", "self_attn.out_proj", "attention.output.dense"], "heads in"),
    ("hook_attn_out", ["attn.c_proj", "self_attn.o_proj", "self_attn.out_proj", "attention.output.dense"], "output"),
    ("hook_resid_mid", ["ln_2", "post_attention_layernorm", "attention.output.LayerNorm"], "input"),
    ("ln2.hook_normalized", ["ln_2", "post_attention_layernorm"], "output"),
    ("hook_normalized_resid_mid", ["attention.output.LayerNorm"], "output"),
    ("cross_attn.hook_q", ["encoder_attn.q_proj"], "heads"),
    ("cross_attn.hook_k", ["encoder_attn.k_proj"], "heads"),
    ("cross_attn.hook_v", ["encoder_attn.v_proj"], "heads"),
    ("cross_attn.hook_pattern", ["encoder_attn"], "weights"),
    ("cross_attn.hook_z", ["encoder_attn.out_proj"], "heads in"),
    ("hook_cross_attn_out", ["encoder_attn.out_proj"], "output"),
    ("mlp.hook_pre", ["mlp.c_fc", "mlp.gate_proj", "intermediate.dense", "fc1"], "hidden"),
    ("mlp.hook_pre_linear", ["mlp.up_proj"], "hidden"),
    ("mlp.hook_post", ["mlp.c_proj", "mlp.down_proj", "output.dense", "fc2"], "hidden in"),
    ("hook_mlp_out", ["mlp.c_proj", "mlp.down_proj", "output.dense", "fc2"], "output"),
]
# BART normalises after each sum, so what enters a normalisation is the sum; mBART normalises before.
AFTER = [("hook_resid_mid", "self_attn_layer_norm", "input"),
         ("hook_normalized_resid_mid", "self_attn_layer_norm", "output"),
         ("hook_resid_mid_cross", "encoder_attn_layer_norm", "input"),
         ("hook_normalized_resid_mid_cross", "encoder_attn_layer_norm", "output"),
         ("hook_resid_post", "final_layer_norm", "input"),
         ("hook_normalized_resid_post", "final_layer_norm", "output")]
BERT_AFTER = [("hook_resid_post", "output.LayerNorm", "input"), ("hook_normalized_resid_post", "output.LayerNorm", "output")]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("text", nargs="?")
    parser.add_argument("--ids", help="1,2,3 instead of a text")
    parser.add_argument("--target", help="what the decoder of an encoder-decoder reads")
    parser.add_argument("--target-ids")
    parser.add_argument("--out", required=True)
    parser.add_argument("--layers", help="0,5-7 (default: all)")
    parser.add_argument("--names", help="attn.hook_pattern,hook_resid_post (default: all)")
    parser.add_argument("--tokens", help="0:64, only these positions (default: all)")
    parser.add_argument("--dtype", default="auto", help="the model's: float32, bfloat16 ... (default: as stored)")
    parser.add_argument("--save-dtype", help="the file's (default: as computed)")
    parser.add_argument("--device-map", help="auto, cpu, cuda:0 ...")
    parser.add_argument("--tensor-parallel", action="store_true", help="under torchrun: every process holds a shard")
    return parser.parse_args()


def numbers(text):
    parts = [part.partition("-") for part in text.split(",")]
    return {n for low, dash, high in parts for n in range(int(low), int(high if dash else low) + 1)}


def module(root, paths):
    for path in [paths] if isinstance(paths, str) else paths:
        found = root
        for name in path.split("."):
            found = getattr(found, name, None)
        if isinstance(found, torch.nn.Module):
            return found
    return None


class Recorder:
    def __init__(self, model, args):
        self.config, self.cache = model.config, {}
        self.layers = numbers(args.layers) if args.layers else None
        self.names = [name.strip().replace("hook_", "") for name in args.names.split(",")] if args.names else None
        self.window = slice(*(int(part) if part else None for part in args.tokens.split(":"))) if args.tokens else None
        self.dtype = getattr(torch, args.save_dtype) if args.save_dtype else None
        self.shards = args.tensor_parallel and dist.is_initialized() and dist.get_world_size() > 1

    def fact(self, *names, default=None):
        return next((v for v in (getattr(self.config, n, None) for n in names) if isinstance(v, int)), default)

    def whole(self, tensor, axis, length):
        """All processes' shards side by side, where this one holds a part."""
        if hasattr(tensor, "full_tensor"):
            tensor = tensor.full_tensor()
        if self.shards and tensor.shape[axis] * dist.get_world_size() == length:
            parts = [torch.empty_like(tensor) for _ in range(dist.get_world_size())]
            dist.all_gather(parts, tensor.contiguous())
            tensor = torch.cat(parts, axis)
        return tensor

    def keep(self, name, tensor, positions=(1,)):
        for axis in positions if self.window else ():
            tensor = tensor[(slice(None),) * axis + (self.window,)]
        # At once to main memory, so that a large model's accelerator holds nothing for us.
        self.cache[name] = tensor.detach().to("cpu", self.dtype, copy=True).contiguous()

    def wants(self, name, layer=None):
        if layer is not None and self.layers is not None and layer not in self.layers:
            return False
        plain = re.sub(r"^(encoder\.|decoder\.)?(blocks\.\d+\.)?", "", name).replace("hook_", "")
        return self.names is None or plain in self.names or name.replace("hook_", "") in self.names

    def heads(self, tensor, width, count):
        tensor = self.whole(tensor, -1, width * count)
        return tensor.unflatten(-1, (-1, width))

    def hook(self, part, name, what, layer=None, heads=None, keys=None, hidden=None, factor=None):
        if part is None or not self.wants(name, layer):
            return

        def seen(_, inputs, keywords, output):
            given = inputs[0] if inputs else keywords.get("hidden_states", keywords.get("input"))
            first = output[0] if isinstance(output, tuple) else output
            tensor = given if what.endswith("in") or what == "input" else first
            if what == "weights":
                if output[1] is not None:
                    self.keep(name, self.whole(output[1], 1, heads[0]), (2, 3))
                return
            if what.startswith("heads"):
                count = keys if name.endswith(("_k", "_v")) else heads[0]
                return self.keep(name, self.heads(tensor, heads[1], count))
            if what.startswith("hidden"):
                tensor = self.whole(tensor, -1, hidden or 0)
            if factor is not None:
                tensor = tensor * factor
            if tensor.dim() == 2:  # rows of positions, without their batch
                tensor = tensor[None]
            self.keep(name, self.whole(tensor, -1, -1))

        part.register_forward_hook(seen, with_kwargs=True)

    def block(self, block, prefix, layer, heads, keys, hidden):
        def hook(part, name, what):
            self.hook(part, prefix + name, what, layer, heads, keys, hidden)

        hook_pre = prefix + "hook_resid_pre"
        if self.wants(hook_pre, layer):
            block.register_forward_pre_hook(
                lambda _, a, k: self.keep(hook_pre, a[0] if a else k["hidden_states"]), with_kwargs=True)
        for name, paths, what in PARTS:
            hook(module(block, paths), name, what)
        joined = module(block, "attn.c_attn")
        if joined is not None:  # GPT-2 computes the three at once
            def three(_, inputs, output):
                for name, part in zip("qkv", self.whole(output, -1, 3 * heads[0] * heads[1]).chunk(3, -1)):
                    if self.wants(prefix + "attn.hook_" + name, layer):
                        self.keep(prefix + "attn.hook_" + name, part.unflatten(-1, (heads[0], heads[1])))
            joined.register_forward_hook(three)
        is_bart = module(block, "self_attn_layer_norm") is not None
        if is_bart and type(block).__name__.startswith(("MBart", "Pegasus", "M2M100", "Whisper")):
            hook(block.self_attn_layer_norm, "ln1.hook_normalized", "output")
            second = module(block, "encoder_attn_layer_norm")
            hook(second, "ln2.hook_normalized", "output")
            hook(block.final_layer_norm, "ln3.hook_normalized" if second is not None else "ln2.hook_normalized", "output")
            return hook(block, "hook_resid_post", "output")
        after = AFTER if is_bart else BERT_AFTER if module(block, "output.LayerNorm") is not None else []
        for name, path, what in after:
            hook(module(block, path), name, what)
        if not after:
            hook(block, "hook_resid_post", "output")

    def attach(self, model):
        base, config = model.base_model, self.config
        two = bool(getattr(config, "is_encoder_decoder", False))
        stacks = [(s + ".", module(base, s) or module(base, "model." + s)) for s in ("encoder", "decoder")] if two else [("", base)]
        width = self.fact("hidden_size", "n_embd", "d_model")
        for prefix, stack in stacks:
            own = prefix[:-1]
            count = self.fact(*([own + "_attention_heads"] if two else []), "num_attention_heads", "n_head")
            heads = (count, self.fact("head_dim", default=width // count))
            keys = self.fact("num_key_value_heads", default=count) if not two else count
            hidden = self.fact(*([own + "_ffn_dim"] if two else []), "intermediate_size", "n_inner", default=4 * width)
            blocks = next(getattr(p, n) for p in (stack, getattr(stack, "encoder", None), getattr(stack, "decoder", None))
                          for n in ("h", "layers", "layer") if hasattr(p, n))
            for layer, block in enumerate(blocks):
                self.block(block, f"{prefix}blocks.{layer}.", layer, heads, keys, hidden)
            tables = ["wte", "embed_tokens", "embeddings.word_embeddings"]
            table = module(stack, tables)
            # Marian multiplies what the table gives, BART's table does it itself.
            factor = getattr(stack, "embed_scale", None) if type(table) is torch.nn.Embedding else None
            self.hook(table, prefix + "hook_embed", "output", factor=factor)
            places = ["wpe", "embed_positions", "embeddings.position_embeddings"]
            self.hook(module(stack, places), prefix + "hook_pos_embed", "output")
            self.hook(module(stack, "embeddings.token_type_embeddings"), prefix + "hook_token_type_embed", "output")
            self.hook(module(stack, ["embeddings", "layernorm_embedding"]), prefix + "hook_full_embed", "output")
            self.hook(module(stack, ["ln_f", "norm"]), prefix + "ln_final.hook_normalized", "output")
        return dict(model=os.path.basename(os.path.normpath(config._name_or_path)), family=config.model_type,
                    layers=len(blocks), heads=count, key_value_heads=keys, width=width, hidden=hidden, vocabulary=config.vocab_size)


def shown(tokenizer, ids):
    """Tokens as people read them; a part of a character as its bytes."""
    if tokenizer is None:
        return None
    texts = []
    for i, piece in zip(ids, tokenizer.convert_ids_to_tokens(ids)):
        text = tokenizer.decode([i], clean_up_tokenization_spaces=False)
        if "\ufffd" in text:
            try:
                codes = bytes_to_unicode()
                back = {c: b for b, c in codes.items()}
                text = "‹" + " ".join(f"{back[c]:02X}" for c in piece) + "›"
            except (KeyError, TypeError, AttributeError):
                text = piece
        elif piece and piece.startswith("▁") and not text.startswith(" "):
            text = " " + text
        texts.append(text or piece or f"#{i}")
    return texts


def checksums(tensors, metadata):
    """What `glassformer verify` compares: the CRC-32 of each tensor's bytes, and of what is said beside them."""
    facts = "".join(f"{key}\n{value}\n" for key, value in sorted(metadata.items()))
    sums = {"__metadata__": zlib.crc32(facts.encode())}
    for name, tensor in tensors.items():
        sums[name] = zlib.crc32(tensor.reshape(-1).view(torch.uint8).numpy())
    return json.dumps({name: f"{sum:08x}" for name, sum in sums.items()})


def main():
    args = arguments()
    rank, world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
    if world > 1 and not args.tensor_parallel and rank > 0:
        return  # copies of one model all see the same: the first is enough
    try:
        config = transformers.AutoConfig.from_pretrained(args.model)
    except (OSError, ValueError) as problem:
        raise SystemExit(f"{args.model}: {str(problem).splitlines()[0]}")
    names = getattr(config, "architectures", None) or []
    kind = next((getattr(transformers, n) for n in names if hasattr(transformers, n)), transformers.AutoModel)
    older = tuple(map(int, transformers.__version__.split(".")[:2])) < (4, 56)
    options = {"torch_dtype" if older else "dtype": args.dtype, "attn_implementation": "eager"}  # only eager attention shows its pattern
    if args.tensor_parallel:
        options["tp_plan"] = "auto"
    elif args.device_map:
        options["device_map"] = args.device_map
    model = kind.from_pretrained(args.model, **options).eval()
    tokenizer = None
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(args.model)
    except Exception as problem:
        if args.text is not None:
            raise SystemExit(f"{args.model} has no tokenizer that transformers reads ({problem}); give --ids")
    ids = [int(i) for i in args.ids.split(",")] if args.ids else tokenizer(args.text).input_ids
    targets = [int(i) for i in args.target_ids.split(",")] if args.target_ids else None
    if args.target:
        targets = [config.decoder_start_token_id] + tokenizer(text_target=args.target).input_ids
    for id in ids + (targets or []):
        if not 0 <= id < config.vocab_size:
            raise SystemExit(f"token id {id} lies outside the vocabulary: expected 0 to {config.vocab_size - 1}")
    device = model.get_input_embeddings().weight.device
    device = torch.device("cpu") if device.type == "meta" else device
    inputs = {"input_ids": torch.tensor([ids], device=device)}
    if getattr(config, "is_encoder_decoder", False):
        targets = targets or [config.decoder_start_token_id]
        inputs["decoder_input_ids"] = torch.tensor([targets], device=device)
    recorder = Recorder(model, args)
    facts = recorder.attach(model)
    with torch.no_grad():
        output = model(**inputs, use_cache=False) if config.model_type != "bert" else model(**inputs)
    logits = getattr(output, "prediction_logits", getattr(output, "logits", None))
    if logits is not None and logits.dim() == 3:
        name = ("mlm_" if config.model_type == "bert" else "") + "logits"
        if recorder.wants(name) or recorder.wants("logits"):
            recorder.keep(name, recorder.whole(logits, -1, config.vocab_size))
    if rank == 0:
        window = recorder.window or slice(None)
        metadata = {key: str(value) for key, value in facts.items()}
        for key, all_ids in (("", ids), ("target_", targets)):
            if all_ids:
                metadata[key + "ids"] = json.dumps(all_ids[window])
                if texts := shown(tokenizer, all_ids):
                    metadata[key + "tokens"] = json.dumps(texts[window], ensure_ascii=False)
        metadata["checksums"] = checksums(recorder.cache, metadata)
        save_file(recorder.cache, args.out, metadata)
        print(f"{args.out}: {len(recorder.cache)} tensors, {len(ids[window])} tokens")
    if dist.is_initialized():
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
