namespace Engine.CodeGenerator.Emitting;

/// <summary>Names in generated code.</summary>
internal static class Generated
{
    public const string Engine = "global::Engine.CodeGeneration.";
    public const string CopyContext = "global::Orleans.Serialization.Cloning.CopyContext";

    /// <summary>A namespace for each assembly: one that sees another's internals must not see two classes of one name.</summary>
    public static string Namespace(string assembly) =>
        "OrleansGenerated." + new string(assembly.Select(c => char.IsLetterOrDigit(c) ? c : '_').Prepend('_').ToArray());

    public static string Codec(string safeName) => "Codec_" + safeName;
    public static string Copier(string safeName) => "Copier_" + safeName;
    public static string Access(string safeName) => "Access_" + safeName;
    public static string Proxy(string safeName) => "Proxy_" + safeName;
}
