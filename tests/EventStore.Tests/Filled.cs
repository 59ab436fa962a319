using System.Collections.Immutable;
using Crescent.Domain;

namespace Crescent.EventStore.Tests;

/// <summary>Objects with no member left at its default, whatever their type.</summary>
static class Filled
{
    public static object Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "text";
        if (type == typeof(int)) return 7;
        if (type == typeof(long)) return 7L;
        if (type == typeof(decimal)) return 7.5m;
        if (type == typeof(bool)) return true;
        if (type == typeof(Guid)) return Guid.CreateVersion7();
        if (type == typeof(DateTimeOffset)) return Sample.Time;
        if (type == typeof(TimeSpan)) return TimeSpan.FromMinutes(7);
        if (type == typeof(Money)) return new Money(7.5m, "USD");
        if (type.IsEnum) return Enum.GetValues(type).GetValue(1)!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return Several(type.GetGenericArguments()[0]);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableQueue<>)) return ImmutableQueue.Create("text");
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableDictionary<,>)) return Entry(type.GetGenericArguments()[1]);
        return Record(type);
    }

    static object Record(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First();
        var value = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite)) property.SetValue(value, Of(property.PropertyType));
        return value;
    }

    static object Several(Type element)
    {
        var array = Array.CreateInstance(element, 2);
        for (var i = 0; i < array.Length; i++) array.SetValue(Of(element), i);
        return typeof(ImmutableArray).GetMethods()
            .Single(method => method.Name == "Create" && method.GetParameters() is [{ ParameterType.IsArray: true } only] && !only.IsOptional)
            .MakeGenericMethod(element).Invoke(null, [array])!;
    }

    static object Entry(Type value)
    {
        var empty = typeof(ImmutableDictionary<,>).MakeGenericType(typeof(string), value).GetField("Empty")!.GetValue(null)!;
        return empty.GetType().GetMethod("Add")!.Invoke(empty, ["text", Of(value)])!;
    }
}
