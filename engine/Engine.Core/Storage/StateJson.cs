using System.Text.Json;

namespace Orleans.Storage;

/// <summary>How providers store states: as JSON, so that a state needs no codec and what is stored can be read by people.</summary>
internal static class StateJson
{
    private static readonly JsonSerializerOptions s_options = new() { IncludeFields = true };

    public static byte[] Write<T>(T state) => JsonSerializer.SerializeToUtf8Bytes(state, s_options);

    public static T Read<T>(ReadOnlySpan<byte> stored) => JsonSerializer.Deserialize<T>(stored, s_options)!;
}
