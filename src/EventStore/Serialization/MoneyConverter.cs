using System.Text.Json;
using System.Text.Json.Serialization;
using Crescent.Domain;

namespace Crescent.EventStore.Serialization;

/// <summary>Money is built by its constructor, which checks it; a serializer would leave a struct empty.</summary>
sealed class MoneyConverter : JsonConverter<Money>
{
    static readonly JsonEncodedText Amount = JsonEncodedText.Encode("amount");
    static readonly JsonEncodedText Currency = JsonEncodedText.Encode("currency");

    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("Stored money must be an object.");
        decimal? amount = null;
        string? currency = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isAmount = reader.ValueTextEquals(Amount.EncodedUtf8Bytes);
            if (!isAmount && !reader.ValueTextEquals(Currency.EncodedUtf8Bytes)) throw new JsonException("Stored money has an unknown member.");
            reader.Read();
            if (isAmount) amount = reader.GetDecimal();
            else currency = reader.GetString();
        }

        return amount is { } value && currency is not null
            ? new Money(value, currency)
            : throw new JsonException("Stored money lacks its amount or currency.");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Amount, value.Amount);
        writer.WriteString(Currency, value.Currency);
        writer.WriteEndObject();
    }
}
