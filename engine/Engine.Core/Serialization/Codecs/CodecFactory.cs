using Engine.CodeGeneration;

namespace Orleans.Serialization.Codecs;

internal sealed class CodecFactory(CodecProvider codecs, TypeManifestBuilder manifest)
{
    public FieldCodec Create(Type type) => throw new CodecNotFoundException($"There is no codec for {type}: mark it with [GenerateSerializer], or register a converter. {codecs} {manifest}");
}
