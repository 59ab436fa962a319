using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Crescent.Domain;

namespace Crescent.EventStore.Serialization;

/// <summary>What a type looks like when it is stored, its nested types included.</summary>
/// <param name="Hash">Changes with every change of a stored member's name, type or protection.</param>
/// <param name="HasPersonalData">A member somewhere in it is encrypted.</param>
sealed record TypeShape(string Hash, bool HasPersonalData)
{
    static readonly ConcurrentDictionary<Type, TypeShape> Shapes = new();

    public static TypeShape Of(Type type) => Shapes.GetOrAdd(type, Describe);

    static TypeShape Describe(Type type)
    {
        var text = new StringBuilder();
        var personal = false;
        Walk(type, text, [], ref personal);
        if (personal && !type.IsAssignableTo(typeof(IPersonalData)))
            throw new InvalidOperationException($"{type} has personal members, so it must implement {nameof(IPersonalData)} and name its user.");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return new TypeShape(Convert.ToHexStringLower(hash.AsSpan(0, 16)), personal);
    }

    static void Walk(Type type, StringBuilder text, HashSet<Type> seen, ref bool personal)
    {
        text.Append(type).Append(';');
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (!seen.Add(type)) return;
        var info = StorageJson.Options.GetTypeInfo(type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object:
                WalkMembers(info, text, seen, ref personal);
                break;
            case JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary:
                if (info.KeyType is { } key) Walk(key, text, seen, ref personal);
                Walk(info.ElementType!, text, seen, ref personal);
                break;
            default:
                if (type.IsEnum) text.AppendJoin('|', Enum.GetNames(type)).Append(';');
                break;
        }
    }

    static void WalkMembers(JsonTypeInfo info, StringBuilder text, HashSet<Type> seen, ref bool personal)
    {
        text.Append('{');
        foreach (var property in info.Properties.OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            var encrypted = property.CustomConverter?.GetType() is { IsGenericType: true } converter
                && converter.GetGenericTypeDefinition() == typeof(PersonalConverter<>);
            personal |= encrypted;
            text.Append(property.Name).Append(encrypted ? "!:" : ":");
            Walk(property.PropertyType, text, seen, ref personal);
        }

        text.Append('}');
        foreach (var derived in info.PolymorphismOptions?.DerivedTypes ?? [])
            Walk(derived.DerivedType, text.Append(derived.TypeDiscriminator).Append('='), seen, ref personal);
    }
}
