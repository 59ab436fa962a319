using System.Globalization;
using Engine.CodeGenerator.Model;

namespace Engine.CodeGenerator.Emitting;

/// <summary>Writes the class of the calls of one grain method.</summary>
internal static class CallEmitter
{
    public static void Emit(CodeWriter code, MethodModel method)
    {
        var result = method.Result?.Name ?? Generated.Engine + "Nothing";
        var arguments = method.Arguments.ToArray();
        code.Class($"{method.CallClass} : {Generated.Engine}GrainCall<{result}>");
        Descriptor(code, method);
        for (var i = 0; i < arguments.Length; i++)
            code.Line($"internal {arguments[i].Type.Name} Arg{i};");

        if (method.HasToken)
        {
            code.Line("internal global::System.Threading.CancellationToken Token;");
            code.Line("public override global::System.Threading.CancellationToken CancellationToken").Open()
                .Line("get => Token;").Line("set => Token = value;").Close();
        }

        code.Expression($"public override {Generated.Engine}GrainMethod Method", "Descriptor");
        code.Expression("public override int ArgumentCount", arguments.Length.ToString(CultureInfo.InvariantCulture));
        ByIndex(code, arguments);
        Copy(code, arguments);
        Wire(code, arguments);
        Lifetime(code, method, arguments.Length);
        Invoke(code, method, result, arguments.Length);
        Result(code, method, result);
        code.Close();
    }

    private static void Descriptor(CodeWriter code, MethodModel method)
    {
        var types = string.Join(", ", method.Parameters.Select(p => $"typeof({p.Type.Name})"));
        var timeout = method.TimeoutTicks < 0 ? "null" : $"new global::System.TimeSpan({method.TimeoutTicks.ToString(CultureInfo.InvariantCulture)}L)";
        code.Line($"internal static readonly {Generated.Engine}GrainMethod Descriptor = new(");
        code.Line($"    typeof({method.DeclaringType}), {CodeWriter.Literal(method.DeclaringWireName)}, \"{method.Name}\", 0x{method.Id:X8}u,");
        code.Line($"    ({Generated.Engine}GrainMethodOptions){method.Options}, {timeout},");
        code.Line($"    static () => typeof({method.DeclaringType}).GetMethod(\"{method.Name}\", new global::System.Type[] {{ {types} }}));");
    }

    private static void ByIndex(CodeWriter code, ParameterModel[] arguments)
    {
        const string Outside = "throw new global::System.ArgumentOutOfRangeException(nameof(index))";
        code.Line("public override object GetArgument(int index) => index switch").Open();
        for (var i = 0; i < arguments.Length; i++)
            code.Line($"{i} => Arg{i},");

        code.Line($"_ => {Outside},").Close(";");
        code.Line("public override void SetArgument(int index, object value)").Open().Line("switch (index)").Open();
        for (var i = 0; i < arguments.Length; i++)
            code.Line($"case {i}: Arg{i} = ({arguments[i].Type.Name})value; break;");

        code.Line($"default: {Outside};").Close().Close();
    }

    private static void Copy(CodeWriter code, ParameterModel[] arguments)
    {
        var copied = Enumerable.Range(0, arguments.Length).Where(i => !arguments[i].Type.IsImmutable).ToArray();
        code.Line($"public override void CopyArguments({Generated.Engine}CodecProvider codecs)").Open();
        if (copied.Length == 1)
        {
            code.Line($"Arg{copied[0]} = codecs.Copy(Arg{copied[0]});");
        }
        else if (copied.Length > 1)
        {
            // Together: an object in two arguments is one object in the copies, too.
            code.Line($"if ({string.Join(" && ", copied.Select(i => $"codecs.IsShared<{arguments[i].Type.Name}>()"))})").Line("    return;");
            code.Line("using var context = codecs.BeginCopy();");
            foreach (var i in copied)
                code.Line($"Arg{i} = context.DeepCopy(Arg{i});");
        }

        code.Close();
    }

    private static void Wire(CodeWriter code, ParameterModel[] arguments)
    {
        code.Line($"public override void WriteArguments(ref {Generated.Engine}Writer writer)").Open();
        for (var i = 0; i < arguments.Length; i++)
            code.Line(FieldEmitter.Write(arguments[i].Type, (uint)i, $"Arg{i}", FieldEmitter.Provided(arguments[i].Type, "writer")));

        code.Line("writer.WriteEnd();").Close();
        code.Line($"public override void ReadArguments(ref {Generated.Engine}Reader reader)").Open();
        code.Line("uint id;");
        FieldEmitter.ReadLoop(code, Enumerable.Range(0, arguments.Length).Select(i =>
            ((uint)i, $"Arg{i} = {FieldEmitter.Read(arguments[i].Type, FieldEmitter.Provided(arguments[i].Type, "reader"))};")));
        code.Line($"{Generated.Engine}Reader.RequireEnd(id);").Close();
    }

    private static void Lifetime(CodeWriter code, MethodModel method, int arguments)
    {
        var pool = $"{Generated.Engine}GrainCallPool<{method.CallClass}>";
        code.Expression($"public override {Generated.Engine}GrainCall CreateEmpty()", $"{pool}.Rent()");
        code.Line("public override void Reset()").Open();
        for (var i = 0; i < arguments; i++)
            code.Line($"Arg{i} = default;");

        if (method.HasToken)
            code.Line("Token = default;");

        code.Line($"{pool}.Return(this);").Close();
    }

    private static void Invoke(CodeWriter code, MethodModel method, string result, int arguments)
    {
        var next = 0;
        var passed = string.Join(", ", method.Parameters.Select(p => p.IsCancellationToken ? "Token" : $"Arg{next++}"));
        var call = $"(({method.DeclaringType})target).@{method.Name}({passed})";
        code.Expression($"public override global::System.Threading.Tasks.ValueTask<{result}> InvokeMethod(object target)", method.Return switch
        {
            ReturnKind.TaskOfResult => $"new({call})",
            ReturnKind.ValueTaskOfResult => call,
            _ => $"{Generated.Engine}Nothing.From({call})",
        });
    }

    private static void Result(CodeWriter code, MethodModel method, string result)
    {
        var copy = method.Result is { IsImmutable: false } ? "codecs.Copy(result)" : "result";
        code.Expression($"public override {result} CopyResult({result} result, {Generated.Engine}CodecProvider codecs)", copy);
        code.Line($"public override void WriteResult(ref {Generated.Engine}Writer writer, {result} result)").Open();
        code.Line(method.Result is { } type ? FieldEmitter.Write(type, 0, "result", FieldEmitter.Provided(type, "writer")) : "writer.WriteNull(0);");
        code.Close();
        code.Line($"public override {result} ReadResult(ref {Generated.Engine}Reader reader)").Open();
        code.Line("reader.ReadHeader(out _, out var type);");
        code.Line(method.Result is { } read ? $"return {FieldEmitter.Read(read, FieldEmitter.Provided(read, "reader"))};" : "reader.Skip(type); return default;");
        code.Close();
    }
}
