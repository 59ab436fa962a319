using Engine.CodeGenerator.Model;

namespace Engine.CodeGenerator.Emitting;

/// <summary>Writes the codec and the copier of a serializable type.</summary>
internal static class SerializableEmitter
{
    public static string Emit(SerializableModel model, string @namespace)
    {
        var code = new CodeWriter(@namespace);
        AccessEmitter.Emit(code, model);
        EmitCodec(code, model);
        if (!model.IsException)
            EmitCopier(code, model);

        return code.Finish();
    }

    private static void EmitCodec(CodeWriter code, SerializableModel model)
    {
        var isStruct = model.Kind == SerializableKind.Struct;
        var byRef = isStruct ? "ref " : "";
        code.Class($"{Generated.Codec(model.SafeName)}{model.TypeParameters} : {Generated.Engine}{(isStruct ? "StructCodec" : "ObjectCodec")}<{model.Type}>{model.Constraints}");
        var codecs = Others(model, "_c", $"{Generated.Engine}FieldCodec", "GetCodec", code, model.Base.Length > 0 ? "GetBaseCodec" : null, static _ => true);
        if (!isStruct)
            Creation(code, model);

        if (!isStruct && model.IsImmutable)
            code.Expression("public override bool IsTracked", "false");

        code.Line($"public override void WriteFields(ref {Generated.Engine}Writer writer, {byRef}{model.Type} value)").Open();
        if (model.Base.Length > 0)
            code.Line("_base.WriteFields(ref writer, value);").Line("writer.WriteEndBase();");

        WriteMembers(code, model, model.Primary, codecs);
        if (model.HasPrimary)
            code.Line("writer.WriteEndBase();");

        WriteMembers(code, model, model.Members, codecs);
        code.Close();

        code.Line($"public override void ReadFields(ref {Generated.Engine}Reader reader, {byRef}{model.Type} value{(isStruct ? "" : ", bool isBase")})").Open();
        code.Line("uint id;");
        if (model.Base.Length > 0)
            code.Line("_base.ReadFields(ref reader, value, true);");

        if (model.HasPrimary)
        {
            ReadMembers(code, model, model.Primary, codecs);
            code.Line($"{Generated.Engine}Reader.RequireEndBase(id);");
        }

        ReadMembers(code, model, model.Members, codecs);
        code.Line(isStruct
            ? $"{Generated.Engine}Reader.RequireEnd(id);"
            : $"if (isBase) {Generated.Engine}Reader.RequireEndBase(id); else {Generated.Engine}Reader.RequireEnd(id);");
        code.Close().Close();
    }

    private static void EmitCopier(CodeWriter code, SerializableModel model)
    {
        var isStruct = model.Kind == SerializableKind.Struct;
        code.Class($"{Generated.Copier(model.SafeName)}{model.TypeParameters} : {Generated.Engine}{(isStruct ? "Copier" : "ObjectCopier")}<{model.Type}>{model.Constraints}");
        if (model.IsImmutable)
        {
            code.Line(isStruct ? "public override bool IsShallow => true;" : $"public override void Bind({Generated.Engine}CodecProvider codecs) => IsFrozen = true;");
            if (isStruct)
                code.Expression($"public override {model.Type} DeepCopy({model.Type} input, {Generated.CopyContext} context)", "input");
        }

        var copiers = model.IsImmutable
            ? []
            : Others(model, "_c", "global::Orleans.Serialization.Cloning.IDeepCopier", "GetCopier", code, model.Base.Length > 0 ? "GetBaseCopier" : null, static m => !m.Type.IsImmutable);
        if (!isStruct)
            Creation(code, model);

        if (isStruct && !model.IsImmutable)
        {
            // A copy of a struct is made by passing it on; only what it refers to is copied.
            code.Line($"public override {model.Type} DeepCopy({model.Type} input, {Generated.CopyContext} context)").Open();
            foreach (var member in model.AllMembers.Where(m => !m.Type.IsImmutable))
                code.Line(AccessEmitter.Set(model, member, "input", CopyOf(model, member, "input", copiers)));

            code.Line("return input;").Close();
        }
        else if (!isStruct)
        {
            code.Line($"public override void CopyFields({model.Type} from, {model.Type} to, {Generated.CopyContext} context)").Open();
            if (model.Base.Length > 0 && !model.IsImmutable)
                code.Line("_base.CopyFields(from, to, context);");

            foreach (var member in model.IsImmutable ? [] : model.AllMembers)
                code.Line(AccessEmitter.Set(model, member, "to", CopyOf(model, member, "from", copiers)));

            code.Close();
        }

        code.Close();
    }

    private static string CopyOf(SerializableModel model, MemberModel member, string from, Dictionary<string, string> copiers)
    {
        var value = AccessEmitter.Get(model, member, from);
        return member.Type.IsImmutable ? value : $"{copiers[member.Type.Name]}.DeepCopy({value}, context)";
    }

    private static void Creation(CodeWriter code, SerializableModel model) =>
        code.Expression($"public override {model.Type} Create()", model.Creation switch
        {
            Model.Creation.New => $"new {model.Type}()",
            Model.Creation.Accessor => $"{Generated.Access(model.SafeName)}{model.TypeParameters}.New()",
            Model.Creation.Uninitialized => $"({model.Type})global::System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof({model.Type}))",
            _ => "throw new global::System.NotSupportedException(\"The class is abstract.\")",
        });

    /// <summary>Declares and binds the codecs or copiers of the members; gives the field of each type.</summary>
    private static Dictionary<string, string> Others(
        SerializableModel model, string prefix, string type, string get, CodeWriter code, string? getBase, Func<MemberModel, bool> isNeeded)
    {
        var isCopier = get == "GetCopier";
        var others = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in model.AllMembers.Where(m => isNeeded(m) && (isCopier || !m.Type.IsPlain)))
        {
            if (others.ContainsKey(member.Type.Name))
                continue;

            others[member.Type.Name] = prefix + others.Count;
            code.Line($"private {type}<{member.Type.Name}> {others[member.Type.Name]};");
        }

        if (getBase is not null)
            code.Line($"private {Generated.Engine}{(isCopier ? "ObjectCopier" : "ObjectCodec")}<{model.Base}> _base;");

        if (isCopier && model.Kind == SerializableKind.Struct)
            code.Line("private bool _isShallow;").Expression("public override bool IsShallow", "_isShallow");

        code.Line($"public override void Bind({Generated.Engine}CodecProvider codecs)").Open();
        if (getBase is not null)
            code.Line($"_base = codecs.{getBase}<{model.Base}>();");

        foreach (var pair in others)
            code.Line($"{pair.Value} = codecs.{get}<{pair.Key}>();");

        if (isCopier)
            Frozen(code, model, others, getBase);

        code.Close();
        return others;
    }

    /// <remarks>A struct is passed by value: it needs a copy only for what it refers to.</remarks>
    private static void Frozen(CodeWriter code, SerializableModel model, Dictionary<string, string> copiers, string? getBase)
    {
        var isStruct = model.Kind == SerializableKind.Struct;
        var parts = new List<string>();
        if (!isStruct && !model.IsReadOnly)
            parts.Add("false");

        if (getBase is not null)
            parts.Add("_base.IsFrozen");

        parts.AddRange(copiers.Values.Select(c => $"{Generated.Engine}CodecProvider.IsShallow({c})"));
        code.Line($"{(isStruct ? "_isShallow" : "IsFrozen")} = {(parts.Count == 0 ? "true" : string.Join(" && ", parts))};");
    }

    private static void WriteMembers(CodeWriter code, SerializableModel model, IEnumerable<MemberModel> members, Dictionary<string, string> codecs)
    {
        foreach (var member in members)
            code.Line(FieldEmitter.Write(member.Type, member.Id, AccessEmitter.Get(model, member, "value"), Codec(member, codecs)));
    }

    private static void ReadMembers(CodeWriter code, SerializableModel model, IEnumerable<MemberModel> members, Dictionary<string, string> codecs) =>
        FieldEmitter.ReadLoop(code, members.Select(m => (m.Id, AccessEmitter.Set(model, m, "value", FieldEmitter.Read(m.Type, Codec(m, codecs))))));

    private static string Codec(MemberModel member, Dictionary<string, string> codecs) =>
        codecs.TryGetValue(member.Type.Name, out var codec) ? codec : "";
}
