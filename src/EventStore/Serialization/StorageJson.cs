using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Crescent.Domain;

namespace Crescent.EventStore.Serialization;

/// <summary>How events and snapshots become JSON: camelCase, enums by name, computed members left out, personal ones encrypted.</summary>
static class StorageJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DictionaryKeyPolicy = null,
            RespectRequiredConstructorParameters = true,
            // The text goes into a database, never into HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new MoneyConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutComputed, EncryptPersonal } },
        };
        options.MakeReadOnly();
        return options;
    }

    static void LeaveOutComputed(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var property = type.Properties[i];
            if (property.Set is null && ConstructorParameter(type.Type, property) is null) type.Properties.RemoveAt(i);
        }
    }

    static void EncryptPersonal(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        foreach (var property in type.Properties)
        {
            if (IsPersonal(type.Type, property))
                property.CustomConverter = (JsonConverter)Activator.CreateInstance(typeof(PersonalConverter<>).MakeGenericType(property.PropertyType))!;
        }
    }

    static bool IsPersonal(Type type, JsonPropertyInfo property) =>
        (property.AttributeProvider?.IsDefined(typeof(PersonalAttribute), inherit: true) ?? false)
        // [Personal] on a record's parameter without "property:" means the same; forgetting the prefix must not leak.
        || (ConstructorParameter(type, property)?.IsDefined(typeof(PersonalAttribute)) ?? false);

    static ParameterInfo? ConstructorParameter(Type type, JsonPropertyInfo property)
    {
        var name = (property.AttributeProvider as MemberInfo)?.Name;
        return type.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase));
    }
}
