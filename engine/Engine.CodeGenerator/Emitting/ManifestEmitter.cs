using Engine.CodeGenerator.Model;

namespace Engine.CodeGenerator.Emitting;

/// <summary>Writes the class that registers everything of an assembly.</summary>
internal static class ManifestEmitter
{
    public static string Emit(
        string @namespace,
        IEnumerable<InterfaceModel> interfaces,
        IEnumerable<SerializableModel> serializables,
        IEnumerable<RegistrationModel> registrations)
    {
        var code = new CodeWriter(@namespace);
        code.Class($"Manifest : {Generated.Engine}TypeManifest");
        code.Line($"public override void Register({Generated.Engine}TypeManifestBuilder builder)").Open();
        foreach (var model in interfaces)
        {
            var proxy = Generated.Proxy(model.SafeName);
            code.Line($"builder.AddInterface(typeof({model.Type}), {CodeWriter.Literal(model.WireName)}, static c => new {proxy}(c), {proxy}.Methods, {proxy}.CreateCall);");
        }

        foreach (var model in serializables)
            Register(code, model);

        foreach (var model in registrations)
        {
            code.Line(model.Kind switch
            {
                RegistrationKind.GrainClass => $"builder.AddGrainClass(typeof({model.Type}));",
                RegistrationKind.Converter => $"builder.AddConverter(typeof({model.Target}), typeof({model.Type}));",
                _ => $"builder.AddCopier(typeof({model.Target}), typeof({model.Type}));",
            });
        }

        code.Close().Close();
        var text = code.Finish();
        const string Pragma = "#pragma warning disable\n";
        return text.Replace(Pragma, $"{Pragma}[assembly: {Generated.Engine}GeneratedTypes(typeof(global::{@namespace}.Manifest))]\n");
    }

    private static void Register(CodeWriter code, SerializableModel model)
    {
        foreach (var alias in model.Aliases)
            code.Line($"builder.AddAlias({CodeWriter.Literal(alias)}, typeof({model.UnboundType}));");

        if (model.Kind == SerializableKind.Enum)
        {
            code.Line($"builder.AddEnum(typeof({model.UnboundType}));");
            return;
        }

        var arity = model.TypeParameters.Length == 0 ? "" : $"<{new string(',', model.TypeParameters.Count(c => c == ','))}>";
        code.Line($"builder.AddCodec(typeof({model.UnboundType}), typeof({Generated.Codec(model.SafeName)}{arity}));");
        if (!model.IsException)
            code.Line($"builder.AddCopier(typeof({model.UnboundType}), typeof({Generated.Copier(model.SafeName)}{arity}));");
    }
}
