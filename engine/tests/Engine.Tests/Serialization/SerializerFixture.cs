using Engine.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Engine.Tests.Serialization;

/// <summary>A host that only serializes.</summary>
public sealed class SerializerFixture
{
    private static readonly ServiceProvider s_services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public static Serializer Bytes { get; } = s_services.GetRequiredService<Serializer>();
    public static DeepCopier Copier { get; } = s_services.GetRequiredService<DeepCopier>();
    internal static CodecProvider Codecs { get; } = s_services.GetRequiredService<CodecProvider>();

    public static T RoundTrip<T>(T value) => Bytes.Deserialize<T>(Bytes.SerializeToArray(value));

    /// <summary>Written as one type and read as another, as between two versions.</summary>
    public static TRead Convert<TWritten, TRead>(TWritten value) => Bytes.Deserialize<TRead>(Bytes.SerializeToArray(value));
}
