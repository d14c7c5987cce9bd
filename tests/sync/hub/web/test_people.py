"""Who may open head office's pages."""

from __future__ import annotations

import os
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from sync.hub import passwords, people
from sync.hub.passwords import (
    HASHES_AT_ONCE,
    WAITING_MAX,
    BadAccount,
    TooManyAtOnce,
    account_name,
    hash_password,
)
from sync.hub.people import ATTEMPTS_MAX, PasswordChange, log_in, person_of
from sync.hub.store import people as store
from sync.hub.store.people import SCOPES, make_owner, make_token
from sync.hub.store.tables import account, api_token, session
from tests.sync.hub.web.house import PASSWORD, Browser, House


def wrong_passwords(house: House, count: int, name: str = "odile") -> None:
    for number in range(count):
        assert log_in(house.hub.database, name, f"wrong {number} wrong", house.clock()) is None


def test_whoever_knows_the_password_gets_a_session_for_twelve_hours(house: House) -> None:
    token = log_in(house.hub.database, " ODILE ", PASSWORD, house.clock())
    assert token is not None
    known = person_of(house.hub.database, token, house.clock())
    assert known is not None
    assert (known.name, known.is_owner) == ("odile", True)
    house.clock.pass_time(hours=12)
    assert person_of(house.hub.database, token, house.clock()) is None


@pytest.mark.parametrize("name", ["odile", "nobody", "", "x" * 500, "a\0b"])
def test_a_wrong_password_and_an_unknown_name_are_one_answer(house: House, name: str) -> None:
    assert log_in(house.hub.database, name, "wrong password", house.clock()) is None


def test_an_unknown_name_takes_as_long_as_a_wrong_password(house: House) -> None:
    def took(name: str) -> float:
        began = time.perf_counter()
        log_in(house.hub.database, name, "wrong password", house.clock())
        return time.perf_counter() - began

    took("nobody")  # the hash that stands in for nobody's is made once
    # The shortest of several: on a busy machine one of them may take as long as it likes.
    known, unknown = (min(took(name) for _ in range(3)) for name in ("odile", "nobody"))
    assert unknown > known / 3, "no hash was computed: the name gives itself away"


def test_five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour(house: House) -> None:
    wrong_passwords(house, ATTEMPTS_MAX)
    assert log_in(house.hub.database, "odile", PASSWORD, house.clock()) is None
    house.clock.pass_time(minutes=16)
    assert log_in(house.hub.database, "odile", PASSWORD, house.clock()) is not None


def test_after_the_lock_one_more_wrong_password_locks_again(house: House) -> None:
    wrong_passwords(house, ATTEMPTS_MAX)
    house.clock.pass_time(minutes=16)
    wrong_passwords(house, 1)
    assert log_in(house.hub.database, "odile", PASSWORD, house.clock()) is None


def test_a_right_password_forgets_the_wrong_ones(house: House) -> None:
    for _ in range(3):
        wrong_passwords(house, ATTEMPTS_MAX - 1)
        assert log_in(house.hub.database, "odile", PASSWORD, house.clock()) is not None


def test_guesses_at_the_same_moment_are_all_counted(house: House) -> None:
    def guess() -> None:
        with suppress(TooManyAtOnce):  # it was counted all the same
            log_in(house.hub.database, "odile", "wrong password", house.clock())

    guesses = [threading.Thread(target=guess) for _ in range(ATTEMPTS_MAX)]
    for one in guesses:
        one.start()
    for one in guesses:
        one.join(60)
    assert log_in(house.hub.database, "odile", PASSWORD, house.clock()) is None


def test_a_lock_is_for_one_account_alone(house: House) -> None:
    wrong_passwords(house, ATTEMPTS_MAX)
    assert log_in(house.hub.database, "henri", PASSWORD, house.clock()) is not None


def test_of_passwords_and_tokens_nothing_is_stored_that_opens_anything(
    house: House, tmp_path: Path
) -> None:
    session_token = log_in(house.hub.database, "odile", PASSWORD, house.clock())
    assert session_token is not None
    with house.hub.database.write() as connection:
        key = make_token(connection, "books", ["sales:read"], house.clock())
        rows = [
            str(row)
            for table in (account, session, api_token)
            for row in connection.execute(select(table))
        ]
    stored = "\n".join(rows)
    for secret in (PASSWORD, session_token, key):
        assert secret not in stored
    files = b"".join(file.read_bytes() for file in tmp_path.glob("hub.db*"))
    for secret in (PASSWORD, session_token, key):
        assert secret.encode() not in files


@pytest.mark.parametrize(
    ("name", "password", "problem"),
    [
        ("", "a good password", "name"),
        ("n" * 61, "a good password", "name"),
        ("odile", "a good password", "taken"),
        ("new", "too short", "password_short"),
        ("new", "x" * 201, "password_long"),
        ("margueritexx", "margueritexx", "password_name"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_the_reason(
    house: House, name: str, password: str, problem: str
) -> None:
    with pytest.raises(BadAccount) as refused:
        people.invite(house.hub.database, name, "head_office", password)
    assert refused.value.problem == problem
    with house.hub.database.write() as connection, pytest.raises(BadAccount) as refused:
        make_owner(connection, name, password)
    assert refused.value.problem == problem


def test_the_first_owner_can_log_in(house: House) -> None:
    with house.hub.database.write() as connection:
        assert make_owner(connection, " Élise ", PASSWORD) == "élise"
    assert log_in(house.hub.database, "ÉLISE", PASSWORD, house.clock()) is not None


def test_a_password_may_be_typed_with_either_kind_of_accent(house: House) -> None:
    people.invite(house.hub.database, "new", "head_office", "été à la mer")
    decomposed = "e\u0301te\u0301 a\u0300 la mer"
    assert log_in(house.hub.database, "new", decomposed, house.clock()) is not None


def test_a_changed_password_ends_the_other_sessions(house: House) -> None:
    database, now = house.hub.database, house.clock()
    mine, other = (log_in(database, "odile", PASSWORD, now) for _ in range(2))
    assert mine is not None
    assert other is not None
    who = person_of(database, mine, now)
    assert who is not None
    wrong = PasswordChange(old="not this one", new="a new password", token=mine)
    assert not people.change_password(database, who, wrong, now)
    right = PasswordChange(old=PASSWORD, new="a new password", token=mine)
    assert people.change_password(database, who, right, now)
    assert person_of(database, mine, now) is not None
    assert person_of(database, other, now) is None
    assert log_in(database, "odile", PASSWORD, now) is None
    assert log_in(database, "odile", "a new password", now) is not None


def test_an_open_page_is_no_place_to_guess_the_password_at(house: House) -> None:
    database, now = house.hub.database, house.clock()
    token = log_in(database, "odile", PASSWORD, now)
    assert token is not None
    who = person_of(database, token, now)
    assert who is not None
    for number in range(ATTEMPTS_MAX):
        change = PasswordChange(old=f"guess number {number}", new="a new password", token=token)
        assert not people.change_password(database, who, change, now)
    right = PasswordChange(old=PASSWORD, new="a new password", token=token)
    assert not people.change_password(database, who, right, now)


def test_whoever_is_shut_out_is_out_at_once(house: House) -> None:
    database, now = house.hub.database, house.clock()
    token = log_in(database, "henri", PASSWORD, now)
    assert token is not None
    assert people.set_active(database, "henri", is_active=False)
    assert person_of(database, token, now) is None
    assert log_in(database, "henri", PASSWORD, now) is None
    assert people.set_active(database, "henri", is_active=True)
    assert log_in(database, "henri", PASSWORD, now) is not None


def test_the_last_owner_cannot_be_shut_out(house: House) -> None:
    database = house.hub.database
    assert not people.set_active(database, "odile", is_active=False)
    people.invite(database, "olga", "owner", PASSWORD)
    assert people.set_active(database, "odile", is_active=False)
    assert not people.set_active(database, "olga", is_active=False)


def test_a_forgotten_password_is_given_anew_and_opens_the_lock(house: House) -> None:
    wrong_passwords(house, ATTEMPTS_MAX, "henri")
    people.give_password(house.hub.database, "henri", "for henri alone")
    assert log_in(house.hub.database, "henri", "for henri alone", house.clock()) is not None


def test_a_key_keeps_its_scopes_until_it_is_revoked(house: House) -> None:
    with house.hub.database.write() as connection:
        make_token(connection, "books", ["stock:read", "sales:read"], house.clock())
        (key,) = store.tokens(connection)
        assert key.scopes == "sales:read stock:read"
        assert set(key.scopes.split()) <= set(SCOPES)
        store.revoke_token(connection, bytes.fromhex(key.digest), house.clock())
        (key,) = store.tokens(connection)
    assert key.revoked_at is not None


def test_sessions_that_are_over_are_cleared_away(house: House) -> None:
    log_in(house.hub.database, "odile", PASSWORD, house.clock())
    house.clock.pass_time(hours=13)
    log_in(house.hub.database, "odile", PASSWORD, house.clock())
    with house.hub.database.read() as connection:
        assert len(connection.execute(select(session)).all()) == 1


def test_hashes_are_argon2id() -> None:
    assert hash_password(PASSWORD, name="odile").startswith("$argon2id$")
    assert account_name("  Odile  B ") == "odile b"


def test_a_flood_of_logins_is_told_to_wait_and_holds_up_nobody_else(house: House) -> None:
    everybody = HASHES_AT_ONCE + WAITING_MAX + 8
    refused = threading.Semaphore(0)

    def arrive(number: int) -> None:
        try:
            log_in(house.hub.database, f"nobody {number}", PASSWORD, house.clock())
        except TooManyAtOnce:
            refused.release()

    flood = [threading.Thread(target=arrive, args=(number,)) for number in range(everybody)]
    for _ in range(HASHES_AT_ONCE):  # somebody else is at it: all of them are there at once
        passwords._turns.acquire()  # noqa: SLF001 because a hash takes as long as the machine is busy
    for one in flood:
        one.start()
    for _ in range(8):
        assert refused.acquire(timeout=60), "too many wait"
    for _ in range(HASHES_AT_ONCE):
        passwords._turns.release()  # noqa: SLF001 as above
    for one in flood:
        one.join(120)
    assert log_in(house.hub.database, "odile", PASSWORD, house.clock()) is not None


def status(browser: Browser, name: str, password: str = PASSWORD) -> int:
    """Log in, whoever was logged in there before."""
    cookies = browser.client.cookies
    for name_kept in [one for one in cookies if one.endswith("echoppe-session")]:
        del cookies[name_kept]
    return browser.log_in(name, password).status_code


def lock(house: House, name: str = "odile") -> None:
    for number in range(people.ATTEMPTS_MAX):
        assert log_in(house.hub.database, name, f"guess {number}", house.clock()) is None


def test_nobody_locks_somebody_out_of_a_browser_that_is_known(house: House) -> None:
    # Given somebody who logged in with this browser before
    browser = house.browser()
    assert status(browser, "odile") == 303
    # When somebody else guesses at their password, day after day
    for _ in range(3):
        house.clock.pass_time(hours=24)
        lock(house)
    # Then it is a browser that nobody knows which stays outside
    assert status(house.browser(), "odile") == 401
    assert status(browser, "odile") == 303
    assert status(house.browser(), "odile") == 401, "the lock is still there"


def test_a_browser_that_guesses_is_known_no_more(house: House) -> None:
    browser = house.browser()
    browser.log_in("odile", PASSWORD)
    lock(house)
    for _ in range(people.ATTEMPTS_MAX):
        assert status(browser, "odile", "wrong password") == 401
    assert status(browser, "odile") == 401
    house.clock.pass_time(hours=1)
    assert status(browser, "odile") == 303


def test_a_browser_is_known_for_whom_it_was_and_not_for_others(house: House) -> None:
    browser = house.browser()
    browser.log_in("henri", PASSWORD)
    lock(house)
    assert status(browser, "odile") == 401
    house.clock.pass_time(hours=1)
    assert status(browser, "odile") == 303
    lock(house)
    lock(house, "henri")
    for name in ("odile", "henri"):
        assert status(browser, name) == 303, "two may share a browser"


def test_another_password_makes_all_browsers_strangers(house: House) -> None:
    browser = house.browser()
    browser.log_in("henri", PASSWORD)
    people.give_password(house.hub.database, "henri", "for henri alone")
    lock(house, "henri")
    assert status(browser, "henri", "for henri alone") == 401


def test_a_browser_is_forgotten_after_half_a_year(house: House) -> None:
    browser = house.browser()
    browser.log_in("odile", PASSWORD)
    house.clock.pass_time(hours=24 * 181)
    lock(house)
    assert status(browser, "odile") == 401


def test_a_flood_of_logins_holds_up_nobody_who_is_known(house: House) -> None:
    token = log_in(house.hub.database, "odile", PASSWORD, house.clock())
    assert token is not None
    known = people.remember_browser(house.hub.database, token, "", house.clock())
    with ExitStack() as flood:
        for _ in range(HASHES_AT_ONCE + WAITING_MAX):
            passwords._places[False].acquire()  # noqa: SLF001 as many as may wait do
            flood.callback(passwords._places[False].release)  # noqa: SLF001 as above
        with pytest.raises(TooManyAtOnce):
            log_in(house.hub.database, "odile", PASSWORD, house.clock())
        assert log_in(house.hub.database, "odile", PASSWORD, house.clock(), browser=known)


def test_a_flood_of_logins_writes_no_more_than_has_its_turn(house: House) -> None:
    """On SQLite one writes at a time, and tills want to."""
    with ExitStack() as flood:
        for _ in range(HASHES_AT_ONCE + WAITING_MAX):
            passwords._places[False].acquire()  # noqa: SLF001 as many as may wait do
            flood.callback(passwords._places[False].release)  # noqa: SLF001 as above
        with house.hub.database.write(), pytest.raises(TooManyAtOnce):
            log_in(house.hub.database, "odile", PASSWORD, house.clock())


def test_one_login_takes_one_processor_and_half_of_them_stay_for_tills() -> None:
    assert "p=1$" in hash_password(PASSWORD, name="odile")
    assert max(2, os.cpu_count() or 2) >= HASHES_AT_ONCE * 2
