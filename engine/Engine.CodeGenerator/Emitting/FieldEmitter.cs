using Engine.CodeGenerator.Model;

namespace Engine.CodeGenerator.Emitting;

/// <summary>Writes what writes and reads single fields.</summary>
internal static class FieldEmitter
{
    /// <summary>The codec of a type, asked for when it is needed.</summary>
    public static string Provided(TypeModel type, string from) => $"{from}.Codecs.GetCodec<{type.Name}>()";

    public static string Write(TypeModel type, uint id, string value, string codec)
    {
        if (!type.IsPlain)
            return $"{codec}.Write(ref writer, {id}, {value});";

        var written = type.WireName.Length > 0 ? $"({type.WireName}){value}" : value;
        return $"writer.WriteField({id}, {written});";
    }

    public static string Read(TypeModel type, string codec)
    {
        if (!type.IsPlain)
            return $"{codec}.Read(ref reader, type)";

        var read = $"reader.{type.ReadMethod}(type)";
        return type.WireName.Length > 0 ? $"({type.Name}){read}" : read;
    }

    /// <summary>Reads fields until an end; needs a variable id, in which the end's id is afterwards.</summary>
    public static void ReadLoop(CodeWriter code, IEnumerable<(uint Id, string Statement)> fields)
    {
        code.Line("while (reader.ReadHeader(out id, out var type))").Open().Line("switch (id)").Open();
        foreach (var (id, statement) in fields)
            code.Line($"case {id}: {statement} break;");

        code.Line("default: reader.Skip(type); break;").Close().Close();
    }
}
