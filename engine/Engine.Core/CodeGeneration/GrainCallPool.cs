namespace Engine.CodeGeneration;

/// <summary>The unused calls of one method.</summary>
public static class GrainCallPool<TCall> where TCall : GrainCall, new()
{
    public static TCall Rent() => new();

    public static void Return(TCall call)
    {
    }
}
