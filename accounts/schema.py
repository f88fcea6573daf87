"""How the API's documentation describes token authentication."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiViewExtension
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView

from accounts.tokens import TokenPairSerializer, TokenRefreshSerializer

REFUSED = {
    400: OpenApiResponse(description="A field is missing, empty or too long; says which."),
    401: OpenApiResponse(description="Nobody has this name and password; or the token is none, or has expired."),
    429: OpenApiResponse(description="Too many tries; `Retry-After` says when there may be more."),
    503: OpenApiResponse(description="Too many try at once; `Retry-After` says when to come again."),
}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """`Authorization: Bearer <access token>`."""

    target_class = "accounts.tokens.TokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """The scheme in OpenAPI's words."""
        return build_bearer_security_scheme_object("Authorization", "Bearer", bearer_format="JWT")


class TokenPairEndpoint(OpenApiViewExtension):  # type: ignore[no-untyped-call]
    """`POST /api/token/`."""

    target_class = "rest_framework_simplejwt.views.TokenObtainPairView"

    def view_replacement(self) -> Any:
        """With what it answers."""
        described = extend_schema(operation_id="token", responses={200: TokenPairSerializer, **REFUSED})
        return extend_schema_view(post=described)(TokenObtainPairView)


class TokenRefreshEndpoint(OpenApiViewExtension):  # type: ignore[no-untyped-call]
    """`POST /api/token/refresh/`."""

    target_class = "rest_framework_simplejwt.views.TokenRefreshView"

    def view_replacement(self) -> Any:
        """With what it answers."""
        described = extend_schema(operation_id="token_refresh", responses={200: TokenRefreshSerializer, **REFUSED})
        return extend_schema_view(post=described)(TokenRefreshView)
