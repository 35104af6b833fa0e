# feature: a linked list and a tree of objects, changed in place through other names
class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next


def reverse(head):
    previous = None
    while head:
        head.next, previous, head = previous, head, head.next
    return previous


def insert(node, value):
    while node.next:
        node = node.next
    node.next = Node(value)


chain = Node(1, Node(2))
insert(chain, 3)
back = reverse(chain)
assert back.value == 3
assert chain.next is None
