using Orleans.Runtime;

namespace Orleans.Serialization.Codecs;

/// <summary>Makes generic types of their parts.</summary>
internal static class Generics
{
    public static T New<T>(Type definition, params Type[] arguments) => (T)Activator.CreateInstance(definition.MakeGenericType(arguments))!;

    /// <summary>What is registered for a type, or for its generic definition.</summary>
    public static Type? Find(Dictionary<Type, Type> registered, Type type)
    {
        if (registered.TryGetValue(type, out var found))
            return found;

        return type.IsConstructedGenericType && registered.TryGetValue(type.GetGenericTypeDefinition(), out found)
            ? found.MakeGenericType(type.GetGenericArguments())
            : null;
    }

    public static object? Create(Dictionary<Type, Type> registered, Type type) =>
        Find(registered, type) is { } found ? Activator.CreateInstance(found, nonPublic: true) : null;

    public static bool IsGrainReference(Type type) =>
        type.IsInterface ? typeof(IAddressable).IsAssignableFrom(type) : typeof(GrainReference).IsAssignableFrom(type);

    public static Type[] ConverterArguments(Type converter) =>
        converter.GetInterfaces().Single(i => i.IsConstructedGenericType && i.GetGenericTypeDefinition() == typeof(IConverter<,>)).GetGenericArguments();
}
