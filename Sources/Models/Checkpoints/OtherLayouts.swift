import Reading
import Wording

/// What a folder or a file is that is no model in the Hugging Face layout, and how it becomes one.
enum OtherLayouts {
    /// Why a folder that lacks weights or a configuration cannot be read; nil where it is nothing known.
    static func failure(_ folder: FileFolder) -> Failure? {
        let names = folder.names
        if let name = names.first(where: { $0 == "adapter_config.json" }) {
            let base = ((try? JSONPart(name, of: folder))?.members["base_model_name_or_path"]?.text).map {
                " “\($0)”"
            }
            let recipe =
                "python3 -c \"from peft import AutoPeftModel; "
                + "AutoPeftModel.from_pretrained('.').merge_and_unload().save_pretrained('merged')\""
            return .weights(
                path: folder.path + name,
                en: "an adapter (PEFT), only what it changes of a model\(base ?? ""); this merges the two: \(recipe)",
                zh: "这是适配器（PEFT），只有对模型\(base ?? "")的改动；这样可以把两者合并：\(recipe)")
        }
        if let name = names.first(where: { $0.hasSuffix(".gguf") }) { return gguf(folder.path, name) }
        if names.contains("params.json"), names.contains(where: { $0.hasPrefix("consolidated.") }) {
            return .weights(
                path: folder.path + "params.json",
                en: "Meta's own layout: expected the Hugging Face one, with config.json and model.safetensors",
                zh: "这是 Meta 自己的格式：应为 Hugging Face 格式，含 config.json 和 model.safetensors")
        }
        if names.contains("model_index.json") {
            return .weights(
                path: folder.path + "model_index.json",
                en: "a pipeline of several models: name the folder of one of them", zh: "这里是由几个模型组成的流水线：请指定其中一个的文件夹")
        }
        return nil
    }

    /// Why a path that is a file cannot be read as a model.
    static func failure(file path: String, _ bytes: some Collection<UInt8>) -> Failure {
        let (folder, name) = FileFolder.split(path)
        let kind = FileKind(bytes)
        if kind == .gguf { return gguf(folder, name) }
        let expected = Phrase(
            en: "a model's folder, with config.json and model.safetensors",
            zh: "模型的文件夹，含 config.json 和 model.safetensors")
        if let kind, kind != .safetensors {
            return Failure(ReadingError.otherKind(path: path, expected: expected, found: kind))
        }
        return .weights(
            path: path, en: "a file: expected \(expected.english)", zh: "这是一个文件：应为\(expected.chinese)")
    }

    /// llama.cpp's files are read by transformers, which writes what is read here.
    static func gguf(_ folder: String, _ name: String) -> Failure {
        let recipe =
            "python3 -c \"from transformers import AutoModelForCausalLM as M; "
            + "M.from_pretrained('.', gguf_file='\(name)').save_pretrained('converted')\""
        return .weights(
            path: folder + name,
            en: "a GGUF file, llama.cpp's own: expected model.safetensors; in its folder, this converts it: \(recipe)",
            zh: "这是 llama.cpp 的 GGUF 文件：应为 model.safetensors；在它的文件夹里可以这样转换：\(recipe)")
    }

    /// Files of `torch.save`: one, or all the shards of one model.
    static func torch(_ folder: String, _ name: String) -> Failure {
        let load =
            name.contains("-of-")
            ? "t = {}; [t.update(torch.load(f, map_location='cpu')) for f in sorted(glob.glob('*-of-*.bin'))]"
            : "t = torch.load('\(name)', map_location='cpu')"
        // Copies that lie in one piece: a matrix that is shared or turned must not be stored as a view of another.
        let recipe =
            "python3 -c \"import glob, torch; from safetensors.torch import save_file; \(load); "
            + "t = t.get('state_dict', t); save_file({k: v.contiguous().clone() for k, v in t.items() "
            + "if torch.is_tensor(v)}, 'model.safetensors')\""
        return .weights(
            path: folder + name,
            en: "not read here: expected model.safetensors; in its folder, this converts it: \(recipe)",
            zh: "不读这种格式：应为 model.safetensors；在它的文件夹里可以这样转换：\(recipe)")
    }
}
