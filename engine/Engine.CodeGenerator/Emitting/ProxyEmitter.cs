using Engine.CodeGenerator.Model;

namespace Engine.CodeGenerator.Emitting;

/// <summary>Writes the proxy of a grain interface and the classes of its calls.</summary>
internal static class ProxyEmitter
{
    public static string Emit(InterfaceModel model, string @namespace)
    {
        var code = new CodeWriter(@namespace);
        var proxy = Generated.Proxy(model.SafeName);
        code.Class($"{proxy} : {Generated.Engine}GrainProxy, {model.Type}");
        code.Line($"public {proxy}({Generated.Engine}GrainProxyContext context) : base(context)").Open().Close();
        code.Line($"internal static readonly {Generated.Engine}GrainMethod[] Methods = new {Generated.Engine}GrainMethod[]").Open();
        foreach (var method in model.Methods)
            code.Line($"{method.CallClass}.Descriptor,");

        code.Close(";");
        code.Line($"internal static {Generated.Engine}GrainCall CreateCall(uint id) => id switch").Open();
        foreach (var id in model.Methods.GroupBy(m => m.Id).Select(g => g.First()))
            code.Line($"0x{id.Id:X8}u => {Generated.Engine}GrainCallPool<{id.CallClass}>.Rent(),");

        code.Line("_ => null,").Close(";");
        foreach (var method in model.Methods)
            EmitMethod(code, method);

        code.Close();
        foreach (var method in model.Methods.Where(m => m.OwnsCallClass))
            CallEmitter.Emit(code, method);

        return code.Finish();
    }

    private static void EmitMethod(CodeWriter code, MethodModel method)
    {
        var parameters = string.Join(", ", method.Parameters.Select(p => $"{p.Type.Name} {p.Name}"));
        code.Line($"{method.ReturnType} {method.DeclaringType}.@{method.Name}({parameters})").Open();
        code.Line($"var __call = {Generated.Engine}GrainCallPool<{method.CallClass}>.Rent();");
        var next = 0;
        foreach (var parameter in method.Parameters)
            code.Line(parameter.IsCancellationToken ? $"__call.Token = {parameter.Name};" : $"__call.Arg{next++} = {parameter.Name};");

        code.Line($"return {(method.Return switch { ReturnKind.ValueTaskOfResult => "Send", ReturnKind.ValueTask => "SendValueTask", _ => "SendTask" })}(__call);");
        code.Close();
    }
}
