namespace Crescent.ReadModels.Projections;

/// <summary>The names of the read models, for those who wait for one.</summary>
public static class ProjectionNames
{
    public const string Users = "users";
    public const string Products = "products";
    public const string Orders = "orders";
    public const string Sagas = "sagas";
    public const string Due = "due";
}
