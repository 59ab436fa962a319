using Engine.CodeGenerator.Model;

namespace Engine.CodeGenerator.Emitting;

/// <summary>Writes accessors for members that generated code cannot name: private ones, and those set by constructors only.</summary>
internal static class AccessEmitter
{
    private const string Unsafe = "[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.";

    public static void Emit(CodeWriter code, SerializableModel model)
    {
        var members = model.AllMembers.Where(m => m.Get != Access.Direct || m.Set != Access.Direct).ToArray();
        if (members.Length == 0 && model.Creation != Creation.Accessor)
            return;

        var self = model.Kind == SerializableKind.Struct ? $"ref {model.Type}" : model.Type;
        code.Line($"internal static class {Generated.Access(model.SafeName)}{model.TypeParameters}{model.Constraints}").Open();
        if (model.Creation == Creation.Accessor)
            code.Line($"{Unsafe}Constructor)]").Line($"internal static extern {model.Type} New();");

        foreach (var member in members)
        {
            if (member.Get == Access.Field || member.Set == Access.Field)
                code.Line($"{Unsafe}Field, Name = \"{member.Field}\")]").Line($"internal static extern ref {member.Type.Name} Field_{member.Name}({self} value);");

            if (member.Get == Access.Method)
                code.Line($"{Unsafe}Method, Name = \"get_{member.Name}\")]").Line($"internal static extern {member.Type.Name} Get_{member.Name}({self} value);");

            if (member.Set == Access.Method)
                code.Line($"{Unsafe}Method, Name = \"set_{member.Name}\")]").Line($"internal static extern void Set_{member.Name}({self} value, {member.Type.Name} to);");
        }

        code.Close();
    }

    public static string Get(SerializableModel model, MemberModel member, string from) => member.Get switch
    {
        Access.Direct => $"{from}.@{member.Name}",
        Access.Field => $"{Call(model, "Field", member, from)})",
        _ => $"{Call(model, "Get", member, from)})",
    };

    public static string Set(SerializableModel model, MemberModel member, string to, string value) => member.Set switch
    {
        Access.Direct => $"{to}.@{member.Name} = {value};",
        Access.Field => $"{Call(model, "Field", member, to)}) = {value};",
        _ => $"{Call(model, "Set", member, to)}, {value});",
    };

    private static string Call(SerializableModel model, string kind, MemberModel member, string target) =>
        $"{Generated.Access(model.SafeName)}{model.TypeParameters}.{kind}_{member.Name}({(model.Kind == SerializableKind.Struct ? "ref " : "")}{target}";
}
