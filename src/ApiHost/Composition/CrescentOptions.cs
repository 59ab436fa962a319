using System.ComponentModel.DataAnnotations;

namespace Crescent.ApiHost.Composition;

/// <summary>The settings right under <c>Crescent</c>.</summary>
public sealed class CrescentOptions
{
    public const string Section = "Crescent";

    /// <summary>The folder everything is kept in, relative to the working directory. One process at a time may use it. A cluster keeps nothing there.</summary>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>Whether products and customers to play with are created at the first start; by default where the host runs by itself.</summary>
    public bool? DemoData { get; set; }
}
