# feature: in-place mutation of a bytearray and a memoryview
def patch(data):
    buffer = bytearray(data)
    buffer[0] = 72
    buffer.extend(b"!\n")
    view = memoryview(buffer)
    view[1] = 69
    view.release()
    del buffer[-1]
    buffer += b"\x00\xff"
    return bytes(buffer)


assert patch(b"hello") == b"HEllo!\x00\xff"
