using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Crescent.ApiHost.Http;

/// <summary>What every list takes; <see cref="Listing"/> reads and checks it, and here it is for the API document.</summary>
internal readonly record struct ListParameters
{
    [FromQuery(Name = "limit"), Description("Rows on a page, 1 to 200; 50 by default.")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("The next of the page before.")]
    public string? Cursor { get; init; }
}
