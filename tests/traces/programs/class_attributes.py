# feature: self attributes and class attributes, changed by methods
class Account:
    rate = 2
    log = []

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        self.balance += amount
        self.history.append(amount)
        Account.log.append(self.owner)
        return self

    def close(self):
        del self.history
        self.owner = None


account = Account("ann")
account.deposit(5).deposit(7)
other = account
other.balance = 0
Account.rate = 3
account.close()
assert other.owner is None and Account.log == ["ann", "ann"]
