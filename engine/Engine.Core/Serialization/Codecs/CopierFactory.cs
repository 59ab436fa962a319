using Engine.CodeGeneration;
using Orleans.Serialization.Cloning;

namespace Orleans.Serialization.Codecs;

internal sealed class CopierFactory(CodecProvider codecs, TypeManifestBuilder manifest)
{
    public IDeepCopier Create(Type type) => throw new CodecNotFoundException($"There is no copier for {type}: mark it with [GenerateSerializer], or register one. {codecs} {manifest}");
}
