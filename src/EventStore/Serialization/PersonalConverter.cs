using System.Text.Json;
using System.Text.Json.Serialization;
using Crescent.EventStore.PersonalData;

namespace Crescent.EventStore.Serialization;

/// <summary>A member marked as personal: its JSON, encrypted. After its key is destroyed it reads as erased.</summary>
sealed class PersonalConverter<T> : JsonConverter<T>
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("A personal member is not encrypted.");
        var plaintext = PersonalScope.Key.Unprotect(reader.GetString()!);
        if (plaintext is not null) return (T?)JsonSerializer.Deserialize(plaintext, options.GetTypeInfo(typeof(T)));
        return typeof(T) == typeof(string) ? (T)(object)PersonalKey.Erased : default;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(value, options.GetTypeInfo(typeof(T)));
        writer.WriteStringValue(PersonalScope.Key.Protect(plaintext));
    }
}
