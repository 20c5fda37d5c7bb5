"""Known-answer vectors for the lattice module, from the definitions, in plain integers.

Polynomials are lists of Python integers modulo X^N + 1 and one big modulus; there is no residue
number system, no transform and no modular trick here, so nothing is shared with what is tested.

    python3 src/main/generators/lattice_vectors.py src/main/resources/vectors/lattice
"""

import json
import random
import sys
from pathlib import Path


def is_prime(n):
    """Miller and Rabin with the first twelve primes: exact below 3.3e24."""
    bases = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
    if n < 2 or any(n % p == 0 for p in bases):
        return n in bases
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    for a in bases:
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def primes_below(bits, degree, count):
    """The largest primes of this length that are 1 modulo 2N, in descending order."""
    found, n = [], ((1 << bits) - 2) // (2 * degree) * (2 * degree) + 1
    while len(found) < count:
        if is_prime(n):
            found.append(n)
        n -= 2 * degree
    return found


def product(numbers):
    result = 1
    for number in numbers:
        result *= number
    return result


def multiply(a, b, modulus):
    """The product modulo X^N + 1, by the definition."""
    degree = len(a)
    result = [0] * degree
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            sign = 1 if i + j < degree else -1
            result[(i + j) % degree] += sign * x * y
    return [c % modulus for c in result]


def add(*terms, modulus):
    return [sum(column) % modulus for column in zip(*terms)]


def negate(a, modulus):
    return [-c % modulus for c in a]


def centred(x, modulus):
    x %= modulus
    return x - modulus if 2 * x >= modulus else x


def round_half_up(numerator, denominator):
    return (2 * numerator + denominator) // (2 * denominator)


def strings(numbers):
    return [str(n) for n in numbers]


def uniform(rng, degree, modulus):
    return [rng.randrange(modulus) for _ in range(degree)]


def narrow(rng, degree):
    return [rng.randint(-21, 21) for _ in range(degree)]


def ternary(rng, degree):
    return [rng.randint(-1, 1) for _ in range(degree)]


def convolution(rng):
    for degree, bits, count in ((2, 30, 1), (8, 50, 2), (16, 50, 3), (16, 60, 2)):
        primes = primes_below(bits, degree, count)
        q = product(primes)
        for kind in ("uniform", "largest"):
            a = uniform(rng, degree, q) if kind == "uniform" else [q - 1] * degree
            b = uniform(rng, degree, q) if kind == "uniform" else [q - 1] * degree
            yield {
                "degree": degree,
                "primes": strings(primes),
                "a": strings(a),
                "b": strings(b),
                "product": strings(multiply(a, b, q)),
            }


def transform(rng):
    """The values at psi^(2 brv(i) + 1), psi the smallest primitive 2N-th root of unity."""
    for degree, bits in ((2, 20), (8, 30), (32, 50), (64, 50), (16, 60)):
        q = primes_below(bits, degree, 1)[0]
        # Every candidate is tried in turn only among the powers of one primitive root.
        root = next(
            r
            for r in (pow(g, (q - 1) // (2 * degree), q) for g in range(2, 1000))
            if pow(r, degree, q) == q - 1
        )
        psi = min(pow(root, k, q) for k in range(1, 2 * degree, 2))
        width = degree.bit_length() - 1
        for kind in ("uniform", "largest"):
            a = uniform(rng, degree, q) if kind == "uniform" else [q - 1] * degree
            values = []
            for i in range(degree):
                reversed_index = int(format(i, f"0{width}b")[::-1], 2)
                point = pow(psi, 2 * reversed_index + 1, q)
                values.append(sum(c * pow(point, k, q) for k, c in enumerate(a)) % q)
            yield {
                "degree": degree,
                "prime": str(q),
                "coefficients": strings(a),
                "values": strings(values),
            }


def base_conversion(rng):
    degree = 4
    for bits, sizes in ((50, (2, 3)), (50, (4, 5)), (60, (3, 2))):
        primes = primes_below(bits, degree, sum(sizes))
        source, target = primes[: sizes[0]], primes[sizes[0] :]
        q, r = product(source), product(target)
        x = uniform(rng, degree, q)
        x[0] = q - 1
        x[1] = q // 2 - q // 2**40  # near the edge, and not within the reach of fractions
        yield {
            "degree": degree,
            "from": strings(source),
            "to": strings(target),
            "x": strings(x),
            "converted": strings(centred(c, q) % r for c in x),
        }


def bfv_encryption(rng):
    degree = 16
    for t in (1 << 28, 2061584302081, 1 << 8):
        primes = primes_below(50, degree, 3)
        q = product(primes)
        p1 = uniform(rng, degree, q)
        s = ternary(rng, degree)
        p0 = negate(add(multiply(p1, s, q), narrow(rng, degree), modulus=q), q)
        message = uniform(rng, degree, t)
        message[0], message[1] = 0, t - 1
        u, e0, e1 = ternary(rng, degree), narrow(rng, degree), narrow(rng, degree)
        scaled = [round_half_up(q * m, t) for m in message]
        c0 = add(multiply(p0, u, q), e0, scaled, modulus=q)
        c1 = add(multiply(p1, u, q), e1, modulus=q)
        phase = add(c0, multiply(c1, s, q), modulus=q)
        assert [round_half_up(t * x, q) % t for x in phase] == message
        yield {
            "degree": degree,
            "primes": strings(primes),
            "t": str(t),
            "s": s,
            "p0": strings(p0),
            "p1": strings(p1),
            "message": strings(message),
            "u": u,
            "e0": e0,
            "e1": e1,
            "c0": strings(c0),
            "c1": strings(c1),
        }


def bfv_product(rng):
    """round(t/q * (c x c')) for centred operands, as integers, and its decryption."""
    degree = 16
    for t in (257, 1 << 16):
        primes = primes_below(50, degree, 3)
        q = product(primes)
        s = ternary(rng, degree)
        pairs = []
        messages = []
        for _ in range(2):
            message = uniform(rng, degree, t)
            c1 = uniform(rng, degree, q)
            scaled = [round_half_up(q * m, t) for m in message]
            c0 = add(
                negate(multiply(c1, s, q), q), narrow(rng, degree), scaled, modulus=q
            )
            pairs.append(([centred(c, q) for c in c0], [centred(c, q) for c in c1]))
            messages.append(message)
        huge = 1 << 400  # products of centred operands, as integers

        def scale(x):
            return [round_half_up(t * centred(c, huge), q) % q for c in x]

        (a0, a1), (b0, b1) = pairs
        yield {
            "degree": degree,
            "primes": strings(primes),
            "t": str(t),
            "s": s,
            "a": [strings(c % q for c in a0), strings(c % q for c in a1)],
            "b": [strings(c % q for c in b0), strings(c % q for c in b1)],
            "product": [
                strings(scale(multiply(a0, b0, huge))),
                strings(
                    scale(
                        add(multiply(a0, b1, huge), multiply(a1, b0, huge), modulus=huge)
                    )
                ),
                strings(scale(multiply(a1, b1, huge))),
            ],
            "message": strings(multiply(messages[0], messages[1], t)),
        }


def key_switching(rng):
    degree = 16
    for count in (2, 3):
        special, *primes = primes_below(50, degree, count + 1)
        q, qp = product(primes), product(primes) * special
        s, target = ternary(rng, degree), ternary(rng, degree)
        a = [uniform(rng, degree, qp) for _ in primes]
        e = [narrow(rng, degree) for _ in primes]
        b = []
        for prime, a_k, e_k in zip(primes, a, e):
            # w is special modulo this prime and 0 modulo all others.
            others = qp // prime
            w = special * others * pow(others, -1, prime) % qp
            masked = negate(multiply(a_k, s, qp), qp)
            b.append(add(masked, [w * x for x in target], e_k, modulus=qp))
        c = uniform(rng, degree, q)
        digits = [[centred(x, prime) for x in c] for prime in primes]

        def switched(key):
            total = add(*(multiply(d, k, qp) for d, k in zip(digits, key)), modulus=qp)
            return [round_half_up(x, special) % q for x in total]

        d0, d1 = switched(b), switched(a)
        error = add(
            d0, multiply(d1, s, q), negate(multiply(c, target, q), q), modulus=q
        )
        assert all(abs(centred(x, q)) < 1 << 20 for x in error)
        yield {
            "degree": degree,
            "primes": strings(primes),
            "special": str(special),
            "s": s,
            "target": target,
            "a": [strings(x) for x in a],
            "e": e,
            "b": [strings(x) for x in b],
            "c": strings(c),
            "d0": strings(d0),
            "d1": strings(d1),
        }


def main():
    folder = Path(sys.argv[1])
    kinds = {
        "negacyclic-convolution": convolution,
        "number-theoretic-transform": transform,
        "base-conversion": base_conversion,
        "bfv-encryption": bfv_encryption,
        "bfv-product": bfv_product,
        "key-switching": key_switching,
    }
    for name, generate in kinds.items():
        vectors = list(generate(random.Random(name)))
        document = {
            "format": 1,
            "area": "lattice",
            "name": name,
            "source": "lattice_vectors.py",
            "count": len(vectors),
            "vectors": vectors,
        }
        text = json.dumps(document, indent=1).replace("\n    ", " ").replace("\n   ]", "]")
        (folder / f"{name}.v1.json").write_text(text + "\n")


main()
