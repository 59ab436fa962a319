using System.Globalization;
using Crescent.ApiHost.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crescent.ApiHost.OpenApi;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and its reader at <c>/docs</c>.</summary>
internal static class ApiDocument
{
    const string Bearer = "bearer";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Crescent", Version = "v1", Description = "Orders over virtual actors: users, products, orders and what becomes of them." };
            // The address depends on how the host was reached and is no part of the contract.
            document.Servers = [];
            document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A token of POST /api/v1/auth/token, or of the configured OpenID Connect issuer.",
            });
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.UseSwaggerUI(ui =>
        {
            ui.DocumentTitle = "Crescent API";
            ui.RoutePrefix = "docs";
            ui.SwaggerEndpoint("/openapi/v1.json", "Crescent v1");
        });
    }

    /// <summary>What holds for every guarded operation is said here once instead of at each of them.</summary>
    static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var header in metadata.OfType<RequestHeader>())
            (operation.Parameters ??= []).Add(header.ToParameter());
        if (metadata.OfType<IAllowAnonymous>().Any() || !metadata.OfType<IAuthorizeData>().Any())
            return;

        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        foreach (var type in (ProblemType[])[ProblemType.Unauthorized, ProblemType.Forbidden])
            operation.Responses?.TryAdd(type.Status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse { Description = type.Title });
    }
}
