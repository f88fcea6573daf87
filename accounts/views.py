"""Signing up, in and out; passwords; the profile."""

from functools import partial
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, views
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import sign_ups
from accounts.context import THEME_COOKIE
from accounts.forms import PasswordChangeForm, PasswordResetForm, ProfileForm, SignInForm, SignUpForm
from accounts.households import household_of
from accounts.limits import LimitReached
from accounts.mail import MailingRedirect, by_asker, can_reset_by_mail
from accounts.models import Theme, User
from accounts.revocation import sign_out_everywhere
from accounts.sign_in import sign_in

TOO_MANY_MAILS = "Your network requested too many e-mails in the last hour. Please wait a while."
YEAR = 365 * 24 * 3600  # seconds


class SignInView(views.LoginView):
    """Sign in, and go on to the requested page."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in; for this visit only where this browser is not to remember it."""
        answer = super().form_valid(form)
        if not form.cleaned_data["remember"]:
            self.request.session.set_expiry(0)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, where to go next, and whether a forgotten password can be reset."""
        return super().get_context_data(can_reset=can_reset_by_mail(), **kwargs)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Create an account, and go on to the requested page."""
    target = _next_page(request)
    if request.user.is_authenticated:
        return redirect(target or settings.LOGIN_REDIRECT_URL)
    form = SignUpForm(request.POST or None)
    if request.method == "POST":
        limit = sign_ups.made if form.is_valid() else sign_ups.refused
        wait = limit.take(household_of(request))
        if wait:
            answer = render(request, "accounts/too_many.html", status=429)
            answer["Retry-After"] = str(ceil(wait))
            return answer
        if form.is_valid():
            sign_in(request, form.save())
            return redirect(target or settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/sign_up.html", {"form": form, "next": target})


def _next_page(request: HttpRequest) -> str:
    """The requested page on this site; empty if `next` leads elsewhere or nowhere."""
    target = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else ""


class PasswordChangeView(views.PasswordChangeView):
    """A new password. Every other browser and every token is signed out."""

    template_name = "accounts/password_change.html"
    form_class = PasswordChangeForm
    success_url = reverse_lazy("accounts:profile")

    def form_valid(self, form: Any) -> HttpResponse:
        """Save it."""
        messages.success(self.request, "Your password was changed. You are signed out everywhere else.")
        return super().form_valid(form)


class PasswordResetView(views.PasswordResetView):
    """A mail with a link to a new password, where mail is configured."""

    template_name = "accounts/password_reset.html"
    email_template_name = "accounts/password_reset_mail.txt"
    subject_template_name = "accounts/password_reset_subject.txt"
    success_url = reverse_lazy("accounts:password-reset-sent")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """404 where no mail can be sent."""
        if not can_reset_by_mail():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """The same answer, as soon, whether there is such an account or not."""
        wait = by_asker.take(household_of(self.request))
        if wait:
            raise LimitReached(TOO_MANY_MAILS, code="too_many_mails", status=429, retry_after=wait)
        # The configured address, never the Host header of the request.
        site = urlsplit(settings.PUBLIC_URL)
        send = partial(
            form.save,
            domain_override=site.netloc,
            use_https=site.scheme == "https",
            email_template_name=self.email_template_name,
            subject_template_name=self.subject_template_name,
        )
        return MailingRedirect(resolve_url(self.success_url), form.cleaned_data["email"], send)


class PasswordResetSentView(views.PasswordResetDoneView):
    """Says that a mail was sent, if there is such an account."""

    template_name = "accounts/password_reset_sent.html"


class PasswordResetConfirmView(views.PasswordResetConfirmView):
    """A new password, by the link in the mail."""

    template_name = "accounts/password_reset_confirm.html"
    form_class = PasswordResetForm
    success_url = reverse_lazy("accounts:sign-in")

    def form_valid(self, form: Any) -> HttpResponse:
        """Save it."""
        messages.success(self.request, "Your password was changed. Sign in with the new one.")
        return super().form_valid(form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """The user's own account; a POST changes the display name and how the pages look."""
    assert isinstance(request.user, User)
    # A separate copy: a refused form must not change the user that the page is drawn with.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@require_POST
def change_theme(request: HttpRequest) -> HttpResponse:
    """Dark or light: saved in the profile if signed in, else in this browser. Returns to the same page."""
    theme = request.POST.get("theme")
    answer = redirect(_next_page(request) or "game:landing")
    if theme not in Theme.values:
        return answer
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(theme=theme)
    else:
        answer.set_cookie(THEME_COOKIE, theme, max_age=YEAR, secure=settings.SECURE, httponly=True, samesite="Lax")
    return answer


@login_required
@require_POST
def sign_out_all(request: HttpRequest) -> HttpResponse:
    """End every session and token of the user, including this browser's."""
    assert isinstance(request.user, User)
    sign_out_everywhere(request.user)
    logout(request)
    messages.success(request, "You are signed out everywhere.")
    return redirect(resolve_url(settings.LOGIN_URL))
