using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Engine.Tests.PublicApi;

/// <summary>Writes the public surface of assemblies one line a type, interface or member, as <c>orleans-10.4.2.txt</c> has it.</summary>
internal static class ApiListing
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(IEnumerable<Assembly> assemblies) =>
        from assembly in assemblies
        from type in assembly.GetExportedTypes()
        where !IsOwn(type)
        from line in Of(type)
        select line;

    /// <summary>What generated code needs is the engine's own and has no counterpart.</summary>
    private static bool IsOwn(Type type) => type.Namespace is { } ns && (ns == "Engine" || ns.StartsWith("Engine.", StringComparison.Ordinal));

    private static IEnumerable<string> Of(Type type)
    {
        yield return $"T {Name(type)} [{Kind(type)}]";
        if (typeof(Delegate).IsAssignableFrom(type))
            yield break;

        var inherited = type.BaseType?.GetInterfaces() ?? [];
        if (!type.IsEnum)
        {
            foreach (var implemented in type.GetInterfaces().Except(inherited).Where(i => i.IsVisible && !IsOwn(i)))
                yield return $"I {Name(type)} implements {Name(implemented)}";
        }

        foreach (var field in type.GetFields(Declared).Where(f => IsVisible(f.Attributes) && !f.IsSpecialName))
            yield return Line(field);
        foreach (var method in type.GetMethods(Declared).Where(IsListed))
            yield return Line(method);
        foreach (var constructor in type.GetConstructors(Declared).Where(c => !c.IsStatic && IsVisible(c)))
            yield return Line(constructor);
        foreach (var property in type.GetProperties(Declared).Where(p => p.GetAccessors(nonPublic: true).Any(IsVisible)))
            yield return Line(property);
        foreach (var @event in type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)))
            yield return $"E {Name(type)}.{@event.Name}";
    }

    private static string Kind(Type type)
    {
        if (type.IsInterface)
            return "interface";
        if (type.IsEnum)
            return "enum";
        if (type.IsValueType)
            return "struct";
        if (typeof(Delegate).IsAssignableFrom(type))
            return "delegate";
        var kind = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static class",
            (true, false) => "abstract class",
            (false, true) => "sealed class",
            _ => "class",
        };
        return type.BaseType is { } parent && parent != typeof(object) ? $"{kind} : {Name(parent)}" : kind;
    }

    private static string Line(FieldInfo field)
    {
        var value = field.IsLiteral ? " = " + Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture) : "";
        return $"F {Name(field.DeclaringType!)}.{field.Name} : {Name(field.FieldType)} [{(field.IsPublic ? "public" : "protected")}{(field.IsStatic ? " static" : "")}{value}]";
    }

    private static string Line(MethodInfo method)
    {
        var arity = method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "";
        return $"M {Name(method.DeclaringType!)}.{method.Name}{arity}({Parameters(method)}) -> {Name(method.ReturnType)} [{Modifiers(method)}]";
    }

    private static string Line(ConstructorInfo constructor) =>
        $"M {Name(constructor.DeclaringType!)}.#ctor({Parameters(constructor)}) [{(constructor.IsPublic ? "public" : "protected")}]";

    private static string Line(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToArray();
        var index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"({string.Join(',', parameters.Select(Parameter))})" : "";
        var setter = property.SetMethod is { } set && IsVisible(set) ? set : null;
        var isInit = setter?.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit") == true;
        var words = new StringBuilder(Modifiers(accessors.FirstOrDefault(a => a.IsPublic) ?? accessors[0]));
        if (property.GetMethod is { } get && IsVisible(get))
            words.Append(" get");
        if (setter is not null)
            words.Append(isInit ? " init" : " set");
        return $"P {Name(property.DeclaringType!)}.{property.Name}{index} : {Name(property.PropertyType)} [{words}]";
    }

    private static string Modifiers(MethodInfo method)
    {
        var access = method.IsPublic ? "public" : "protected";
        if (method.IsStatic)
            return access + " static";
        if (method.IsAbstract)
            return access + " abstract";
        return method is { IsVirtual: true, IsFinal: false } ? access + " virtual" : access;
    }

    private static string Parameters(MethodBase method) => string.Join(',', method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        (parameter.IsOut ? "out " : "") + Name(parameter.ParameterType) + (parameter.IsOptional ? "?" : "");

    /// <summary>Accessors have their property's line; what every object has anyway is not compared.</summary>
    private static bool IsListed(MethodInfo method) =>
        IsVisible(method)
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !method.Name.Contains('<', StringComparison.Ordinal)
        && method.GetBaseDefinition().DeclaringType != typeof(object);

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(FieldAttributes field) =>
        (field & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    [SuppressMessage("Globalization", "CA1305", Justification = "Numbers of parameters have no culture.")]
    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!) + "@";
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;

        var definition = (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');
        return type is { IsGenericType: true, IsGenericTypeDefinition: false } ? $"{definition}{{{string.Join(',', type.GetGenericArguments().Select(Name))}}}" : definition;
    }
}
