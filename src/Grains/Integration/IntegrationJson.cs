using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Crescent.Domain;
using Crescent.Domain.Orders;
using Crescent.EventStore;

namespace Crescent.Grains.Integration;

/// <summary>
/// The data of integration events: the domain's events in camelCase without what is personal, and for an order what
/// integrators ask for besides (the buyer's name and the bare total).
/// </summary>
static class IntegrationJson
{
    static readonly JsonSerializerOptions Options = CreateOptions();

    public static ReadOnlyMemory<byte> Encode(IDomainEvent happened)
    {
        if (happened is not OrderEvent.Placed placed) return JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType(), Options);
        var data = JsonSerializer.SerializeToNode(placed, Options)!.AsObject();
        data.Add("userName", placed.UserName);
        data.Add("totalAmount", placed.Total.Amount);
        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(data, Options);
    }

    /// <summary>The domain's event again; what is personal in it reads as null.</summary>
    public static IDomainEvent Decode(EventTypeMap types, string type, int schemaVersion, ReadOnlyMemory<byte> data) =>
        (IDomainEvent)JsonSerializer.Deserialize(data.Span, types.Of(type, schemaVersion).Record, Options)!;

    static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new MoneyConverter() },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutPersonal } },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>The members stay known, because a record can't be read without a property for each constructor parameter.</summary>
    static void LeaveOutPersonal(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider is MemberInfo member && member.IsDefined(typeof(PersonalAttribute)))
                property.ShouldSerialize = static (_, _) => false;
        }
    }

    sealed class MoneyConverter : JsonConverter<Money>
    {
        sealed record Shape(decimal Amount, string Currency);

        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var shape = JsonSerializer.Deserialize<Shape>(ref reader, options) ?? throw new JsonException("Money is never null.");
            return new Money(shape.Amount, shape.Currency);
        }

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Shape(value.Amount, value.Currency), options);
    }
}
