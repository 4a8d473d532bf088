# ruff: noqa
# %%
interest = 0.03
fee = 2


# %%
class Account:
    """An account whose rules come from the page."""

    opened = 0

    def __init__(self, owner, balance=100):
        self.owner = owner
        self.balance = balance
        self.log = []
        Account.opened += 1

    def deposit(self, amount):
        self.balance += amount - fee
        self.log.append(amount)
        return self

    def grow(self):
        self.balance = round(self.balance * (1 + interest), 2)
        return self.balance

    def __repr__(self):
        return f"Account({self.owner!r}, {self.balance})"


# %%
ada = Account("Ada")
bob = Account("Bob", 50)
# %%
ada.deposit(30).deposit(20)
# %%
bob.grow()
# %%
accounts = {"ada": ada, "bob": bob}
print(Account.opened, accounts)
# %%
for name, account in accounts.items():
    account.deposit(10)
# %%
ada


# %%
class Savings(Account):
    def grow(self):
        super().grow()
        self.balance += 1
        return self.balance


# %%
cy = Savings("Cy", 200)
cy.grow()
# %%
total = sum(account.balance for account in [ada, bob, cy])
print(f"total {total:.2f}")
# %%
ada.log, bob.log
# %%
last = accounts.pop("bob")
print(last.owner, list(accounts))
# %% [raw]
# snippets:
# fee = 5
#
# ada.deposit(500)
#
# Account.opened = 0
#
# interest = 0.1
#
# bob.balance = 0
